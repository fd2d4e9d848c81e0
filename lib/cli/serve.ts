import { resolve } from 'node:path';

import { Command } from 'commander';

import { messageOf } from '../errors/message.js';
import { serve, type ServerHost, startedByCom } from '../server/server-host.js';
import { importServers, ModuleError } from '../server/server-module.js';
import type { Server } from '../server/server.js';

/** How long the module may keep the process alive when its servers have closed, in milliseconds. */
const timeToEnd = 2000;

/** `async-com serve`: hosts the servers of a module. COM runs it for a registered server. */
export function serveCommand(): Command {
  return (
    new Command('serve')
      .description(
        'host the servers of a module until Ctrl-C or, if COM started them, until no client is ' +
          'left',
      )
      .argument(
        '<module>',
        'module whose default export is a server, its options, or an array of these',
      )
      .argument('[arguments...]', 'arguments for the module, in its process.argv')
      // COM adds -Embedding at the end. All other arguments are for the module.
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
    for (const server of module.servers) reportHandlerErrors(server);
    const host = await serve(module.servers, { ...module.serveOptions, embedding });
    endOnSignals(host);
    host.on('close', endSoon);
    if (!embedding) {
      for (const { name, clsid } of module.servers) {
        console.log(`listening: ${name === clsid ? clsid : `${name} ${clsid}`}`);
      }
    }
  } catch (error) {
    console.error(`async-com serve ${path}: ${messageOf(error)}`);
    // The stack of the module's own error names the line.
    if (error instanceof ModuleError) console.error(error.cause);
    process.exit(1);
  }
}

/** Prints what handlers throw. The client gets only the message. */
function reportHandlerErrors(server: Server): void {
  server.on('handlerError', (error, { method, cancelled }) => {
    if (!cancelled.aborted) console.error(`async-com serve: ${server.name}: ${method}():`, error);
  });
}

/** Closes the servers on the first signal. The same signal again ends the process at once. */
function endOnSignals(host: ServerHost): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const) {
    process.once(signal, () => {
      void host.close();
    });
  }
}

/** Gives the module some time to finish, and then ends the process. COM does not wait for it. */
function endSoon(): void {
  setTimeout(() => {
    console.error(
      'async-com serve: the module keeps the process alive after its servers have closed; exiting',
    );
    process.exit();
  }, timeToEnd).unref();
}
