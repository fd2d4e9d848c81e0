import { writeFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';

import { Command } from 'commander';

import type { ClassDescription } from '../automation/description.js';
import { headerOf } from '../automation/header.js';
import { idlOf } from '../automation/idl.js';
import {
  describeTypeLibrary,
  type TypeLibraryDescription,
  type TypeLibraryOptions,
} from '../automation/type-library.js';
import { writeTypeLibrary } from '../automation/write-type-library.js';
import { importServers } from '../server/server-module.js';
import { orError } from './or-error.js';

interface Options {
  readonly out?: string;
  readonly idl?: string;
  readonly header?: string;
  readonly name?: string;
  readonly libid?: string;
  readonly libVersion?: string;
  readonly describe?: string;
}

/** `async-com typelib`: writes the type library of a module's servers. */
export function typeLibraryCommand(): Command {
  return new Command('typelib')
    .description('write the type library of the servers of a module, for early-bound clients')
    .argument(
      '<module>',
      'module whose default export is a server, its options, or an array of these',
    )
    .option('--out <file>', 'write the type library to this file: x.tlb')
    .option('--idl <file>', 'write it as IDL to this file: x.idl')
    .option('--header <file>', 'write its ids and its DISPIDs, for C and C++, to this file: x.h')
    .option('--name <name>', "the library's name, an identifier; by default made from the module's")
    .option('--libid <id>', "the library's id, in braces; by default made from a class's id")
    .option('--lib-version <version>', "the library's version: 1.0 by default")
    .option('--describe <text>', 'what tools show for the library')
    .action(run);
}

async function run(this: Command, module: string, options: Options): Promise<void> {
  const { out, idl, header } = options;
  if (out === undefined && idl === undefined && header === undefined) {
    this.error('error: nothing to write: use --out, --idl or --header');
  }
  await orError(this, write(module, options));
}

async function write(module: string, { out, idl, header, ...options }: Options): Promise<void> {
  const library = await libraryOf(module, options);
  if (out !== undefined) {
    await writeTypeLibrary(library, resolve(out));
    console.log(`wrote ${resolve(out)}: ${inWords(library)}`);
  }
  for (const [file, textOf] of [
    [idl, idlOf],
    [header, headerOf],
  ] as const) {
    if (file === undefined) continue;
    await writeFile(file, textOf(library));
    console.log(`wrote ${resolve(file)}`);
  }
}

async function libraryOf(
  module: string,
  options: Omit<Options, 'out' | 'idl' | 'header'>,
): Promise<TypeLibraryDescription> {
  const { servers } = await importServers(module);
  const classes = servers.map(({ description }) => description);
  const { libid, libVersion, describe: help } = options;
  const name = options.name ?? nameFrom(module, classes);
  const wanted: TypeLibraryOptions = {
    name,
    ...(libid === undefined ? {} : { libid }),
    ...(libVersion === undefined ? {} : { version: versionOf(libVersion) }),
    ...(help === undefined ? {} : { help }),
  };
  return describeTypeLibrary(classes, wanted);
}

/** `acme-files.mjs` gives `AcmeFiles`, or `AcmeFilesLib` if a class has that name. */
function nameFrom(module: string, classes: readonly ClassDescription[]): string {
  const words = basename(module, extname(module)).match(/[A-Za-z0-9]+/g) ?? [];
  const joined = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
  const name = /^[A-Za-z]/.test(joined) ? joined : `Lib${joined}`;
  const isTaken = classes.some((one) => one.name.toLowerCase() === name.toLowerCase());
  return isTaken ? `${name}Lib` : name;
}

function versionOf(text: string): [major: number, minor: number] {
  const [, major, minor] = /^(\d{1,5})\.(\d{1,5})$/.exec(text) ?? [];
  if (major === undefined || minor === undefined) {
    throw new TypeError(`--lib-version must be like 1.0; got ${text}`);
  }
  return [Number(major), Number(minor)];
}

function inWords({ name, libid, version, classes }: TypeLibraryDescription): string {
  const names = classes.map((one) => one.name).join(', ');
  return `${name} ${version.join('.')} ${libid}, with ${names}`;
}
