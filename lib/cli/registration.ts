import { Command } from 'commander';

import { native } from '../native/addon.js';
import type { RegistryEntry } from '../registration/entries.js';
import { register } from '../registration/register.js';
import { placeInWords, type RegistryPlace } from '../registration/registry.js';
import { unregister } from '../registration/unregister.js';
import { orError } from './errors.js';

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
  'for everybody on this machine, not for this user; needs an administrator',
] as const;
const dryRun = ['--dry-run', 'only print what would be done'] as const;

/** `async-com register`: tells COM how to start a module's servers. */
export function registerCommand(): Command {
  return new Command('register')
    .description('let COM start the servers of a module')
    .argument('<module>', 'its default export: a server, its options, or an array of these')
    .argument('[arguments...]', 'what the module finds in process.argv; after --')
    .option(...machine)
    .option(...dryRun)
    .option('--node-option <option>', 'an option for node; may be given again', (one, before) => [
      ...((before as string[] | undefined) ?? []),
      one,
    ])
    .option('--proxy-stub <dll>', 'another proxy/stub than the one beside the addon')
    .option('--no-proxy-stub', 'none: every client is Node with async-com')
    .action(runRegister);
}

/** `async-com unregister`: removes what `register` wrote. */
export function unregisterCommand(): Command {
  return new Command('unregister')
    .description('remove what register wrote')
    .argument('<name>', 'a CLSID, a ProgID, or the module')
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
    console.log('This Wine reads registrations per machine only: give --machine to try it here.');
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
        ? ['on this machine', 'Without --machine it looks among what is for this user.']
        : ['for this user', 'With --machine it looks among what is for everybody.'];
    this.error(
      `error: async-com has not registered ${name} ${whom}: nothing to remove. ${elsewhere}`,
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
