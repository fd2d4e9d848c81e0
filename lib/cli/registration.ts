import { Command } from 'commander';

import { native } from '../native/addon.js';
import type { RegistryEntry } from '../registration/entries.js';
import { register } from '../registration/register.js';
import { placeInWords, type RegistryPlace } from '../registration/registry.js';
import { unregister } from '../registration/unregister.js';
import { orError } from './or-error.js';

interface ScopeOptions {
  readonly machine?: true;
  readonly dryRun?: true;
}

interface RegisterOptions extends ScopeOptions {
  readonly nodeOption?: readonly string[];
  readonly proxyStub: string | boolean;
}

const machine = [
  '--machine',
  'for all users of this machine, not only for you; needs administrator rights',
] as const;
const dryRun = ['--dry-run', 'print what would change, but change nothing'] as const;

/** `async-com register`: registers a module's servers, so that COM can start them. */
export function registerCommand(): Command {
  return new Command('register')
    .description('register the servers of a module, so that COM can start them')
    .argument(
      '<module>',
      'module whose default export is a server, its options, or an array of these',
    )
    .argument('[arguments...]', 'arguments for the module, in its process.argv; put them after --')
    .option(...machine)
    .option(...dryRun)
    .option('--node-option <option>', 'option for node; can be repeated', (one, before) => [
      ...((before as string[] | undefined) ?? []),
      one,
    ])
    .option('--proxy-stub <dll>', 'use this proxy/stub DLL, not the one beside the addon')
    .option(
      '--no-proxy-stub',
      'register no proxy/stub DLL; every client must be Node with async-com',
    )
    .action(runRegister);
}

/** `async-com unregister`: removes what `register` wrote. */
export function unregisterCommand(): Command {
  return new Command('unregister')
    .description('remove what `async-com register` wrote')
    .argument('<name>', 'a CLSID, a ProgID, or the path of the module')
    .option(...machine)
    .option(...dryRun)
    .action(runUnregister);
}

async function runRegister(
  this: Command,
  module: string,
  args: readonly string[],
  options: RegisterOptions,
): Promise<void> {
  const written = await orError(
    this,
    register(module, {
      args,
      perMachine: options.machine ?? false,
      dryRun: options.dryRun ?? false,
      nodeOptions: options.nodeOption ?? [],
      ...(typeof options.proxyStub === 'boolean' && options.proxyStub
        ? {}
        : { proxyStub: options.proxyStub }),
    }),
  );
  for (const entry of written) console.log(entryInWords(entry));
  console.log(
    `\n${options.dryRun === true ? 'Would write' : 'Wrote'} ${counted(written, 'value')}.`,
  );
  if (native.wineVersion() !== null && options.machine !== true) {
    console.log(
      'This Wine reads only per-machine registrations. Use --machine to try the servers here.',
    );
  }
}

async function runUnregister(this: Command, name: string, options: ScopeOptions): Promise<void> {
  const removed = await orError(
    this,
    unregister(name, {
      perMachine: options.machine ?? false,
      dryRun: options.dryRun ?? false,
    }),
  );
  if (removed.length === 0) {
    const [whom, elsewhere] =
      options.machine === true
        ? ['for all users', 'Without --machine, the command looks for a registration for you only.']
        : ['for this user', 'With --machine, the command looks for a registration for all users.'];
    this.error(
      `error: async-com has not registered ${name} ${whom}. Nothing was removed. ${elsewhere}`,
    );
  }
  for (const place of removed) console.log(placeInWords(place));
  const done = options.dryRun === true ? 'Would remove' : 'Removed';
  const [values, keys] = [removed.filter(isValue), removed.filter((one) => !isValue(one))];
  console.log(`\n${done} ${counted(values, 'value')} and ${counted(keys, 'key')}.`);
}

function entryInWords(entry: RegistryEntry): string {
  const { data } = entry;
  const shown = typeof data === 'string' ? data : `0x${data.toString(16)} (REG_DWORD)`;
  return `${placeInWords(entry)} = ${shown}`;
}

function isValue({ name }: RegistryPlace): boolean {
  return name !== undefined;
}

function counted({ length }: readonly unknown[], what: string): string {
  return `${String(length)} ${what}${length === 1 ? '' : 's'}`;
}
