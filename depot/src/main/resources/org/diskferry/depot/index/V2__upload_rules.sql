-- Which uploads of a bucket are dropped when they are not completed: a line a rule.
ALTER TABLE depot.bucket ADD COLUMN upload_rules text NOT NULL DEFAULT '';
