import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

import type { Launch } from './client-folder.js';

const runFile = promisify(execFile);

/**
 * A local account that a test creates and removes. Works only on Windows, in an elevated process.
 */
export class SecondAccount implements AsyncDisposable {
  readonly name: string;
  readonly sid: string;
  readonly #password: string;

  private constructor(name: string, password: string, sid: string) {
    this.name = name;
    this.#password = password;
    this.sid = sid;
  }

  static async make(): Promise<SecondAccount> {
    const name = `acom${randomBytes(4).toString('hex')}`;
    // This satisfies common password rules. For more than 14 characters, `net` would ask a
    // question.
    const password = `Aa1!${randomBytes(5).toString('hex')}`;
    await runFile('net.exe', ['user', name, password, '/add', '/comment:async-com test']);
    try {
      const sid = await powershell(
        '(New-Object Security.Principal.NTAccount($env:COMPUTERNAME, $env:ACCOUNT)).' +
          'Translate([Security.Principal.SecurityIdentifier]).Value',
        { ACCOUNT: name },
      );
      return new SecondAccount(name, password, sid);
    } catch (error) {
      await remove(name);
      throw error;
    }
  }

  /** Lets the account read and write a folder of the test. */
  async grant(folder: string): Promise<void> {
    await runFile('icacls.exe', [folder, '/grant', `*${this.sid}:(OI)(CI)M`, '/T', '/Q']);
  }

  /** Starts programs as the account, without its profile. */
  readonly launch: Launch = (program, args, folder) =>
    powershell(
      `$password = ConvertTo-SecureString $env:PASSWORD -AsPlainText -Force
       $credential = New-Object Management.Automation.PSCredential(
         "$env:COMPUTERNAME\\$env:ACCOUNT", $password)
       Start-Process -FilePath $env:PROGRAM -ArgumentList $env:ARGUMENTS -Wait \`
         -WorkingDirectory $env:FOLDER -Credential $credential -WindowStyle Hidden`,
      {
        ACCOUNT: this.name,
        PASSWORD: this.#password,
        PROGRAM: program,
        ARGUMENTS: args.map((one) => `"${one}"`).join(' '),
        FOLDER: folder,
      },
    );

  async [Symbol.asyncDispose](): Promise<void> {
    await remove(this.name);
  }
}

async function remove(name: string): Promise<void> {
  await runFile('net.exe', ['user', name, '/delete']);
}

/** Runs a script and returns its output. The values are in its environment, not in its text. */
async function powershell(script: string, values: Record<string, string>): Promise<string> {
  const { stdout } = await runFile(
    'powershell.exe',
    ['-NoProfile', '-NonInteractive', '-Command', `$ErrorActionPreference = 'Stop'\n${script}`],
    { env: { ...process.env, ...values } },
  );
  return stdout.trim();
}
