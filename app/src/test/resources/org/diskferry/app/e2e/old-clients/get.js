// Every operation and some errors as GET requests that the package aws2 signs; one line of JSON a
// step. It signs a host without its port, whatever the port is.
//
// Arguments: endpoint, CA bundle, file of the manifest.
const fs = require('fs');
const https = require('https');
const aws2 = require('aws2');
const xml2js = require('xml2js');

const [endpoint, bundle, manifestFile] = process.argv.slice(2);
const { hostname, port } = new URL(endpoint);
const ca = fs.readFileSync(bundle);
const parser = new xml2js.Parser({ explicitArray: false, ignoreAttrs: true, emptyTag: '' });

function get(options) {
  return new Promise((resolve, reject) => {
    https
      .get(options, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString('utf-8') }));
      })
      .on('error', reject);
  });
}

function asMembers(result) {
  const members = { ...result };
  for (const flag of ['Success', 'IsTruncated']) {
    if (flag in members) {
      members[flag] = members[flag] === 'true';
    }
  }
  if ('Jobs' in members) {
    members.Jobs = [].concat(members.Jobs.member || []);
  }
  return members;
}

async function step(name, action, parameters) {
  const query = new URLSearchParams({ Action: action, Version: '2010-06-01', ...parameters });
  const signed = aws2.sign({
    service: 'importexport',
    hostname,
    path: '/?' + query.toString().replace(/\+/g, '%20'),
  });
  const { status, text } = await get({ ...signed, port, ca });
  const answer = await parser.parseStringPromise(text);
  const members =
    status === 200
      ? asMembers(answer[action + 'Response'][action + 'Result'])
      : {
          error: answer.ErrorResponse.Error.Code,
          message: answer.ErrorResponse.Error.Message,
          status,
        };
  const wire = signed.path.includes('SignatureVersion=2') ? 'v2' : 'none';
  console.log(JSON.stringify({ step: name, wire, ...members }));
  return members;
}

async function main() {
  const manifest = fs.readFileSync(manifestFile, 'utf-8');
  const order = { JobType: 'Import', Manifest: manifest };
  await step('validate', 'CreateJob', { ValidateOnly: true, ...order });
  const job = (await step('create', 'CreateJob', order)).JobId;
  const other = (await step('another', 'CreateJob', { ValidateOnly: false, ...order })).JobId;
  await step('status', 'GetStatus', { JobId: job });
  await step('update', 'UpdateJob', {
    JobId: job,
    JobType: 'import',
    Manifest: manifest + "prefix: ä & <ö>~*'()/\r\n",
    ValidateOnly: false,
  });
  await step('updated', 'GetStatus', { JobId: job });
  await step('page', 'ListJobs', { MaxJobs: 1 });
  await step('rest', 'ListJobs', { MaxJobs: 1, Marker: other });
  const ids = [];
  let marker = {};
  while (ids.length < 2) {
    const page = await step('a page', 'ListJobs', { MaxJobs: 1, ...marker });
    ids.push(...page.Jobs.map((each) => each.JobId));
    marker = { Marker: ids[ids.length - 1] };
  }
  console.log(JSON.stringify({ step: 'paged', ids }));
  await step('cancel', 'CancelJob', { JobId: job });
  await step('canceled', 'GetStatus', { JobId: job });
  await step('again', 'CancelJob', { JobId: job });
  await step('unknown', 'GetStatus', { JobId: 'foo' });
  await step('malformed', 'CreateJob',
    { JobType: 'Import', Manifest: 'INVALID MANIFEST', ValidateOnly: true });
  await step('few', 'ListJobs', { MaxJobs: -1 });
  await step('label', 'GetShippingLabel', { 'jobIds.member.1': job, name: 'Jane' });
  await step('cancel the other', 'CancelJob', { JobId: other });
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
