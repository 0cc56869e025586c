// Runs a server as a process of its own, for tests that end it from outside. Prints its address as one line of JSON.
import { readConfig, startServer } from '@sourcewright/server';

const config = readConfig(JSON.parse(process.argv[2]!), {});
if (!config.ok) throw new Error(JSON.stringify(config.error));
const started = await startServer(config.value, { print: (line) => process.stderr.write(`${line}\n`) });
if (started.ok) {
  process.stdout.write(`${JSON.stringify({ url: started.value.url })}\n`);
  await started.value.closed;
  process.stdout.write(`${JSON.stringify({ ended: true })}\n`);
} else {
  process.stderr.write(started.error.message);
  process.exitCode = started.error.exitCode;
}
