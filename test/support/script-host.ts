import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startNewProcess } from '#lib/ipc/start-new-process.js';

import { within } from './within.js';

const files = 'Scripting.FileSystemObject';

/** Runs scripts that call a class by its ProgID. The engines are Windows's, or Wine's own. */
export class ScriptHost implements Disposable {
  readonly #progId: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'async-com-'));
  #scripts = 0;

  constructor(progId: string) {
    this.#progId = progId;
  }

  /** Runs a script that has `server` and `Say`, and returns the lines that it said. */
  vbscript(script: string): Promise<string[]> {
    const start = `
Set output = CreateObject("${files}").CreateTextFile(WScript.Arguments(0))
Sub Say(text)
  output.WriteLine text
End Sub
Set server = CreateObject("${this.#progId}")
`;
    return this.#run('vbs', (start + script).replaceAll('\n', '\r\n'));
  }

  /** Runs a script that has `server` and `say`, and returns the lines that it said. */
  jscript(script: string): Promise<string[]> {
    const start = `
var output = new ActiveXObject("${files}").CreateTextFile(WScript.Arguments(0));
function say(text) { output.WriteLine(text); }
var server = new ActiveXObject("${this.#progId}");
`;
    return this.#run('js', start + script);
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, maxRetries: 5 });
  }

  async #run(extension: 'vbs' | 'js', script: string): Promise<string[]> {
    const file = join(this.#folder, `${String(++this.#scripts)}.${extension}`);
    writeFileSync(file, script);
    // For a single-threaded apartment Wine starts a desktop process, which would inherit the script's
    // standard output and keep it open. So the script writes to a file.
    const output = `${file}.txt`;
    const host = startNewProcess(() =>
      spawn('cscript.exe', ['//nologo', file, output], { stdio: 'ignore' }),
    );
    await within(20_000, once(host, 'exit'), 'the end of the script');
    return readFileSync(output, 'utf8').replaceAll('\r', '').trimEnd().split('\n');
  }
}
