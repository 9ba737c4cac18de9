// Every operation and some errors through the second JavaScript SDK; one line of JSON a step.
//
// Arguments: endpoint, CA bundle, region, how to sign (v2 or v4), file of the manifest (or `-` for
// no more than a list of jobs), and perhaps the port where the endpoint's port really is.
const fs = require('fs');
const https = require('https');
const tls = require('tls');
const AWS = require('aws-sdk');

const [endpoint, bundle, region, signing, manifestFile, port] = process.argv.slice(2);
const agent = new https.Agent({ ca: fs.readFileSync(bundle) });
if (port) {
  agent.createConnection = (options) =>
    tls.connect({ ...options, host: '127.0.0.1', port: Number(port), servername: 'localhost' });
}
const client = new AWS.ImportExport({
  endpoint,
  region,
  accessKeyId: process.env.AWS_ACCESS_KEY_ID,
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
  apiVersion: '2010-06-01',
  signatureVersion: signing,
  maxRetries: 0,
  httpOptions: { agent },
});

function signedHow(request) {
  if (request.headers.Authorization) {
    return 'v4';
  }
  return String(request.body).includes('SignatureVersion=2') ? 'v2' : 'none';
}

async function step(name, operation, parameters) {
  const request = client[operation](parameters);
  let answer;
  try {
    const { ...data } = await request.promise();
    answer = data;
  } catch (error) {
    answer = {
      error: error.code,
      message: error.message,
      status: error.statusCode,
      requestId: error.requestId,
    };
  }
  console.log(JSON.stringify({ step: name, wire: signedHow(request.httpRequest), ...answer }));
  return answer;
}

async function main() {
  if (manifestFile === '-') {
    await step('list', 'listJobs', { MaxJobs: 1 });
    return;
  }
  const manifest = fs.readFileSync(manifestFile, 'utf-8');
  const order = { JobType: 'Import', Manifest: manifest };
  await step('validate', 'createJob', { ValidateOnly: true, ...order });
  const job = (await step('create', 'createJob', { ValidateOnly: false, ...order })).JobId;
  const other = (await step('another', 'createJob', { ValidateOnly: false, ...order })).JobId;
  await step('status', 'getStatus', { JobId: job });
  const changed = manifest + "prefix: ä & <ö>~*'()/\r\n";
  await step('update', 'updateJob',
    { JobId: job, JobType: 'Import', Manifest: changed, ValidateOnly: false });
  await step('updated', 'getStatus', { JobId: job });
  await step('page', 'listJobs', { MaxJobs: 1 });
  await step('rest', 'listJobs', { MaxJobs: 1, Marker: other });
  const ids = [];
  await new Promise((resolve, reject) => {
    client.listJobs({ MaxJobs: 1 }).eachPage((error, page) => {
      if (error) {
        reject(error);
        return false;
      }
      if (page === null) {
        resolve();
        return false;
      }
      ids.push(...page.Jobs.map((each) => each.JobId));
      if (ids.length < 2) {
        return true;
      }
      resolve();
      return false;
    });
  });
  console.log(JSON.stringify({ step: 'paged', ids }));
  await step('cancel', 'cancelJob', { JobId: job });
  await step('canceled', 'getStatus', { JobId: job });
  await step('again', 'cancelJob', { JobId: job });
  await step('unknown', 'getStatus', { JobId: 'foo' });
  await step('malformed', 'createJob',
    { JobType: 'Import', Manifest: 'INVALID MANIFEST', ValidateOnly: true });
  await step('few', 'listJobs', { MaxJobs: -1 });
  await step('label', 'getShippingLabel', { jobIds: [job, other], name: 'Jane' });
  await step('cancel the other', 'cancelJob', { JobId: other });
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
