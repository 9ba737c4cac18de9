/// A store of jobs in memory, the contract that every store of jobs keeps, and jobs to try it with.
package org.diskferry.job.testing;
