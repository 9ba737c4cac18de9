-- The index of the depot. Keys are bytes, so that they sort as S3 lists them whatever the
-- collation of the database.

-- Which directory of blobs this index is of.
CREATE TABLE identity (
  only_one  boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  directory uuid    NOT NULL
);

-- Bytes on the disk. A row exists as long as something refers to it.
CREATE TABLE blob (
  id     bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  file   uuid    NOT NULL,
  packed boolean NOT NULL,
  at     bigint  NOT NULL CHECK (at >= 0),
  length bigint  NOT NULL CHECK (length > 0),
  sums   bytea   NOT NULL,
  refs   integer NOT NULL CHECK (refs >= 0)
);
CREATE INDEX blob_file ON blob (file, at);

-- Files in which no blob lies any more, to be unlinked.
CREATE TABLE garbage (
  file   uuid        PRIMARY KEY,
  packed boolean     NOT NULL,
  since  timestamptz NOT NULL
);
CREATE INDEX garbage_since ON garbage (since);

CREATE TABLE bucket (
  id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name    text        NOT NULL UNIQUE,
  owner   text        NOT NULL,
  region  text        NOT NULL,
  acl     text        NOT NULL,
  created timestamptz NOT NULL
);

-- One number for what an object holds; a new one each time it is stored.
CREATE SEQUENCE content CACHE 100;

CREATE TABLE object (
  bucket        bigint      NOT NULL REFERENCES bucket,
  key           bytea       NOT NULL CHECK (length(key) BETWEEN 1 AND 1024),
  content       bigint      NOT NULL,
  owner         text        NOT NULL,
  size          bigint      NOT NULL CHECK (size >= 0),
  etag          text        NOT NULL,
  modified      timestamptz NOT NULL,
  storage_class text        NOT NULL,
  acl           text        NOT NULL,
  headers       text        NOT NULL,
  crc32c        integer     NOT NULL,
  checksum      text        NOT NULL,
  PRIMARY KEY (bucket, key)
);

-- The blobs of an object's content, in order. Content without bytes has none. No foreign key: deleting
-- a blob would have to look for it here, and its count of references says the same.
CREATE TABLE piece (
  content  bigint  NOT NULL,
  at       bigint  NOT NULL,
  number   integer NOT NULL,
  blob     bigint  NOT NULL,
  length   bigint  NOT NULL,
  checksum text    NOT NULL,
  PRIMARY KEY (content, at)
);

-- A multipart upload. One that was completed stays a while, for clients that ask again.
CREATE TABLE upload (
  id                 uuid        PRIMARY KEY,
  bucket             bigint      NOT NULL REFERENCES bucket,
  key                bytea       NOT NULL CHECK (length(key) BETWEEN 1 AND 1024),
  owner              text        NOT NULL,
  initiator          text        NOT NULL,
  started            timestamptz NOT NULL,
  storage_class      text        NOT NULL,
  acl                text        NOT NULL,
  headers            text        NOT NULL,
  checksum_algorithm text        NOT NULL,
  checksum_type      text        NOT NULL,
  completed          timestamptz,
  content            bigint
);
CREATE INDEX upload_key ON upload (bucket, key, started, id);

CREATE TABLE part (
  upload   uuid        NOT NULL REFERENCES upload,
  number   integer     NOT NULL CHECK (number BETWEEN 1 AND 10000),
  blob     bigint,
  size     bigint      NOT NULL,
  etag     text        NOT NULL,
  crc32c   integer     NOT NULL,
  checksum text        NOT NULL,
  modified timestamptz NOT NULL,
  PRIMARY KEY (upload, number)
);
