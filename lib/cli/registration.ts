import { Command } from 'commander';

import { native } from '../native/addon.js';
import type { LeftValue } from '../registration/changes.js';
import { registeredClassesKey, type RegistryEntry } from '../registration/entries.js';
import { register } from '../registration/register.js';
import { entryInWords, placeInWords, type RegistryPlace } from '../registration/registry.js';
import { unregister } from '../registration/unregister.js';
import { orError } from './or-error.js';

interface ScopeOptions {
  readonly machine?: true;
  readonly dryRun?: true;
}

interface RegisterOptions extends ScopeOptions {
  readonly nodeOption?: readonly string[];
  readonly proxyStub: string | boolean;
  readonly typelib?: string;
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
    .option('--typelib <file>', 'register this type library, which `async-com typelib` has written')
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
      ...(options.typelib === undefined ? {} : { typeLibrary: options.typelib }),
    }),
  );
  for (const entry of written)
    console.log(isRecord(entry) ? recordInWords(entry) : entryInWords(entry));
  console.log(
    `\n${options.dryRun === true ? 'Would write' : 'Wrote'} ${counted(written, 'value')}.`,
  );
  if (written.removed.length > 0) {
    console.log(
      `\n${options.dryRun === true ? 'Would remove' : 'Removed'}, because the new registration does not need it:`,
    );
    for (const place of written.removed) console.log(placeInWords(place));
  }
  printLeft(written.left, options);
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
  printLeft(removed.left, options);
}

function printLeft(left: readonly LeftValue[], { dryRun }: ScopeOptions): void {
  if (left.length === 0) return;
  const leave = dryRun === true ? 'Would leave' : 'Left';
  console.log(`\n${leave} ${counted(left, 'value')} that async-com did not write:`);
  for (const value of left) console.log(`${entryInWords(value)} (${value.reason})`);
}

function isRecord({ key }: RegistryEntry): boolean {
  return key === registeredClassesKey;
}

/** The data of a record repeats what is printed before. */
function recordInWords(entry: RegistryEntry): string {
  return `${placeInWords(entry)} = the list of these values`;
}

function isValue({ name }: RegistryPlace): boolean {
  return name !== undefined;
}

function counted({ length }: readonly unknown[], what: string): string {
  return `${String(length)} ${what}${length === 1 ? '' : 's'}`;
}
