import { resolve } from 'node:path';

import { Command } from 'commander';

import { serve, type ServerHost, startedByCom } from '../server/server-host.js';
import { importServers } from '../server/server-module.js';

/** What keeps the event loop alive after the servers have closed may go on for so long. */
const timeToEnd = 2000;

/** `async-com serve`: the program that COM starts. */
export function serveCommand(): Command {
  return (
    new Command('serve')
      .description('host the servers of a module, until Ctrl-C, or until COM needs them no more')
      .argument('<module>', 'its default export: a server, its options, or an array of these')
      .argument('[arguments...]', 'what the module finds in process.argv')
      // -Embedding is COM's, and the rest the module's.
      .passThroughOptions()
      .action(run)
  );
}

async function run(this: Command, path: string, args: readonly string[]): Promise<void> {
  const embedding = startedByCom(args);
  const [node = process.execPath] = process.argv;
  try {
    process.argv = [node, resolve(path), ...(embedding ? args.slice(0, -1) : args)];
    const module = await importServers(path);
    const host = await serve(module.servers, { ...module.serveOptions, embedding });
    endOnSignals(host);
    host.on('close', endSoon);
    if (!embedding) {
      for (const { name, clsid } of module.servers) console.log(`listening: ${name} ${clsid}`);
    }
  } catch (error) {
    console.error(`async-com serve ${path}:`, error);
    process.exit(1);
  }
}

/** The first asks, the second insists. */
function endOnSignals(host: ServerHost): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const) {
    process.once(signal, () => {
      void host.close();
    });
  }
}

/** The module may have something to finish; COM does not wait for it. */
function endSoon(): void {
  setTimeout(() => {
    console.error('async-com serve: the module keeps the process alive; ending it');
    process.exit();
  }, timeToEnd).unref();
}
