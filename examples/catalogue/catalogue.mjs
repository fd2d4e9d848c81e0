// The files of a folder as a collection. catalogue.vbs goes through it.
//
// The folder is an argument of the module: async-com register catalogue.mjs -- C:\data
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

import { automation, ComError, comObject, method, property, t } from 'async-com';

/** @typedef {import('async-com').ServerCall} ServerCall */

/** The right to write, of `GENERIC_WRITE` in the Windows headers. */
const genericWrite = 0x40000000;

/** What the catalogue says to who asks for a file that it does not have. */
const fileNotFound = 0x80070002;

const accessDenied = 0x80070005;

/** Clients may do everything if they are SYSTEM or administrators. Everybody else may read. */
const defaultRights = 'D:(A;;GA;;;SY)(A;;GA;;;BA)(A;;GR;;;AU)';

/** One file. Clients get it from the catalogue, and cannot create one. */
class CatalogueFile {
  static [automation] = {
    defaultMember: 'name',
    members: {
      name: property({ type: t.string }),
      // VBScript knows no integers of 64 bits.
      size: property({ type: t.float64, help: 'The number of bytes' }),
      modified: property({ type: t.date, help: 'When it was last changed, in UTC' }),
      note: property({ type: t.string, help: 'What somebody noted about the file' }),
      text: method({ returns: t.string, help: 'What is in the file' }),
      annotate: method({ params: { text: t.string }, help: 'Notes something about the file' }),
    },
  };

  #path;
  #rights;
  #note = '';

  /**
   * @param {string} path
   * @param {string} rights
   */
  constructor(path, rights) {
    this.#path = path;
    this.#rights = rights;
  }

  get name() {
    return path.basename(this.#path);
  }

  // An accessor may return a promise. The client gets what it resolves to.
  get size() {
    return stat(this.#path).then(({ size }) => size);
  }

  get modified() {
    return stat(this.#path).then(({ mtime }) => mtime);
  }

  get note() {
    return this.#note;
  }

  text() {
    return readFile(this.#path, 'utf8');
  }

  /**
   * Only methods of async-com act as the client. `fs` always works as the server. So this asks
   * Windows whether the client has the right, and then does the work as the server.
   *
   * @param {ServerCall} call
   * @param {{ text: string }} parameters
   */
  async annotate(call, { text }) {
    await call.impersonateClient();
    const may = await call.checkAccess(this.#rights, genericWrite);
    await call.revertToSelf();
    if (!may) throw new ComError('you may only read', { hresult: accessDenied });
    this.#note = text;
  }
}

/** The files of a folder. */
export class Catalogue {
  static [automation] = {
    defaultMember: 'item',
    members: {
      folder: property({ type: t.string }),
      count: property({ type: t.int32 }),
      item: method({
        params: { name: t.string },
        returns: t.object,
        help: 'The file of that name',
      }),
    },
  };

  #folder;
  #rights;
  /** @type {Map<string, CatalogueFile>} */
  #files = new Map();

  /**
   * @param {string} folder
   * @param {string} [rights] who may annotate files: a security descriptor, in SDDL
   */
  constructor(folder, rights = defaultRights) {
    this.#folder = folder;
    this.#rights = rights;
  }

  get folder() {
    return this.#folder;
  }

  get count() {
    return this.#names().then((names) => names.length);
  }

  /**
   * @param {ServerCall} _call
   * @param {{ name: string }} parameters
   */
  async item(_call, { name }) {
    // Only a name from the list: "..\secret.txt" is not in it.
    const names = await this.#names();
    if (!names.includes(name)) {
      throw new ComError(`there is no file ${name}`, { hresult: fileNotFound });
    }
    return comObject(this.#file(name));
  }

  // This makes the catalogue a collection: For Each goes through it.
  async *[Symbol.asyncIterator]() {
    for (const name of await this.#names()) yield comObject(this.#file(name));
  }

  /** A file is always the same object, so that its note stays. @param {string} name */
  #file(name) {
    let file = this.#files.get(name);
    if (file === undefined) {
      file = new CatalogueFile(path.join(this.#folder, name), this.#rights);
      this.#files.set(name, file);
    }
    return file;
  }

  async #names() {
    const entries = await readdir(this.#folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort();
  }
}

const catalogue = new Catalogue(path.resolve(process.argv[2] ?? '.'));

export default {
  clsid: '{5D7F2C58-6C0E-4E0F-8E56-1B5C7F3A9D02}',
  progId: 'AsyncComExamples.Catalogue',
  class: Catalogue,
  // All clients share one catalogue. Without this each would get a new one, made without arguments.
  create: () => catalogue,
};
