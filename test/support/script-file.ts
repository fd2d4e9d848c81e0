import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startNewProcess } from '#lib/ipc/start-new-process.js';

import { within } from './within.js';

/** Runs a script file with cscript. Returns the lines that it echoed. */
export async function runScriptFile(file: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'async-com-'));
  try {
    // To a file: Wine starts a desktop process, which inherits the output and would keep a pipe open.
    const output = join(folder, 'output.txt');
    const handle = openSync(output, 'w');
    const host = startNewProcess(() =>
      spawn('cscript.exe', ['//nologo', file], { stdio: ['ignore', handle, handle] }),
    );
    closeSync(handle);
    await within(30_000, once(host, 'exit'), 'the end of the script');
    return readFileSync(output, 'utf8').replaceAll('\r', '').trimEnd().split('\n');
  } finally {
    try {
      rmSync(folder, { recursive: true });
    } catch {
      // That process still has the file open. The folder is one for temporary files.
    }
  }
}
