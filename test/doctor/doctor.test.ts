import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer, register, unregister } from 'async-com';

import { type Check, type DoctorReport, isWrong } from '#lib/doctor/check.js';
import { checkClasses, checkRegistration } from '#lib/doctor/classes.js';
import { checkHost, checkProxyStub } from '#lib/doctor/host.js';
import { checkMachineSecurity } from '#lib/doctor/security.js';
import { native } from '#lib/native/addon.js';
import { commandLineOf } from '#lib/registration/command-line.js';
import { clsidKey, proxyStubClsid } from '#lib/registration/entries.js';
import { planRemoval, remove, writeEntries } from '#lib/registration/registry.js';

import { Child } from '../support/child.js';
import { newClsid } from '#lib/value/identifiers.js';
import { perMachine, RegisteredModule, TemporaryModule } from '../support/registered-module.js';
import { skip } from '../support/skip.js';

const hive = perMachine ? 'HKLM' : 'HKCU';

function states(checks: readonly Check[]): Record<string, string> {
  return Object.fromEntries(checks.map(({ id, state }) => [id, state]));
}

async function checksOf(name: string): Promise<readonly Check[]> {
  const [report] = await checkClasses(name);
  assert.ok(report);
  return report.checks;
}

function seenIn(checks: readonly Check[], id: string): string {
  return checks.find((check) => check.id === id)?.seen ?? 'nothing';
}

function doctor(
  ...args: string[]
): Promise<{ code: number | null; output: string; errors: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['dist/cli/main.js', 'doctor', ...args],
      { env: { ...process.env, FORCE_COLOR: '0' } },
      (_, output, errors) => {
        resolve({ code: child.exitCode, output, errors });
      },
    );
  });
}

describe('async-com doctor', function () {
  this.timeout(60_000);

  it('checks the host and finds nothing wrong', async () => {
    const host = await checkHost();
    const wine = native.wineVersion();
    assert.deepEqual(
      host.map(({ id }) => id),
      [
        ...['windows', 'node', 'addon', 'proxy-stub', 'async-mapping', 'path', 'account'],
        ...['client-security', 'machine-security'],
      ],
    );
    assert.equal(isWrong({ host, classes: [] }), false, JSON.stringify(host));
    assert.equal(states(host)['windows'], wine === null ? 'ok' : 'limited');
    assert.equal(states(host)['path'], wine === null ? 'ok' : 'limited');
    assert.ok(seenIn(host, 'windows').includes(wine ?? ''));
    assert.match(seenIn(host, 'addon'), /async_com\.node$/);
    assert.ok(seenIn(host, 'node').startsWith(process.versions.node));
  });

  it('writes nothing to the registry', async () => {
    const writeRegistryValue = native.writeRegistryValue.bind(native);
    const written: string[] = [];
    native.writeRegistryValue = (...place) => {
      written.push(place.join(' '));
      return writeRegistryValue(...place);
    };
    try {
      const key = 'Software\\Classes\\AsyncCom.Test.Control';
      const control = [{ hive: 'HKCU', key, name: '', data: 'written' }] as const;
      writeEntries(control);
      remove(planRemoval(control));
      assert.equal(written.splice(0).length, 1, 'control: a write is noticed');
      await checkHost();
      await checksOf(newClsid());
      assert.deepEqual(written, []);
    } finally {
      native.writeRegistryValue = writeRegistryValue;
    }
  });

  it('reports what the clients of this process grant, and how they can grant more', async () => {
    await using child = await Child.start('security');
    const unset = (await child.ask('checkClientSecurity')) as Check;
    assert.equal(unset.state, 'limited');
    assert.equal(unset.seen, "grant 'identify', protect calls with 'pkt-privacy', by default");
    assert.match(
      unset.advice ?? '',
      /cannot act as .* To let it act as the client, call initializeSecurity\(\{ impersonationLevel: 'impersonate'/,
    );
    await child.ask('initializeSecurity', { impersonationLevel: 'impersonate' });
    const set = (await child.ask('checkClientSecurity')) as Check;
    assert.equal(set.state, 'ok');
    assert.equal(set.seen, "grant 'impersonate', protect calls with 'pkt-privacy'");
  });

  it('reports what other clients on this machine grant', function () {
    const key = 'Software\\Microsoft\\Ole';
    const name = 'LegacyImpersonationLevel';
    if (native.wineVersion() === null) skip(this, 'it would change a setting of this machine');
    assert.equal(checkMachineSecurity().state, 'limited');
    assert.match(checkMachineSecurity().seen, /^grant 'identify' .* by COM’s default$/);
    writeEntries([{ hive: 'HKLM', key, name, data: 3 }]);
    try {
      assert.equal(checkMachineSecurity().state, 'ok');
      assert.match(checkMachineSecurity().seen, /^grant 'impersonate' .*LegacyImpersonationLevel/);
    } finally {
      native.deleteRegistryValue('HKLM', key, name);
    }
  });

  it('starts a registered server and finds nothing wrong with it, under each of its names', async () => {
    await using registered = await RegisteredModule.register({
      progId: 'AsyncCom.Test',
      serveOptions: { idle: 3000 },
    });
    const { module } = registered;
    for (const name of ['AsyncCom.Test', 'AsyncCom.Test.1', module.clsid, module.path]) {
      assert.deepEqual(
        states(await checksOf(name)),
        {
          registration: 'ok',
          keys: 'ok',
          'command-line': 'ok',
          start: 'ok',
          answer: 'ok',
          'call-path': native.wineVersion() === null ? 'ok' : 'limited',
        },
        name,
      );
    }
  });

  it('names each registry value that is missing', async () => {
    await using registered = await RegisteredModule.register({ progId: 'AsyncCom.Test' });
    const { clsid } = registered;
    const broken: readonly (readonly [key: string, name: string, seen: string])[] = [
      [`${clsidKey(clsid)}\\LocalServer32`, 'ServerExecutable', 'ServerExecutable'],
      ['Software\\Classes\\AsyncCom.Test\\CurVer', '', 'CurVer (Default)'],
      ['Software\\Classes\\AsyncCom.Test.1\\CLSID', '', 'AsyncCom.Test.1\\CLSID (Default)'],
      ...(perMachine ? ([[clsidKey(clsid), 'AppID', `${clsid} AppID`]] as const) : []),
    ];
    for (const [key, name, seen] of broken) {
      native.deleteRegistryValue(hive, key, name);
      const checks = await checkRegistration(clsid, null);
      assert.equal(states(checks)['keys'], 'wrong');
      assert.ok(seenIn(checks, 'keys').includes(`missing: ${hive}\\`), seenIn(checks, 'keys'));
      assert.ok(seenIn(checks, 'keys').includes(seen), seenIn(checks, 'keys'));
    }
    await register(registered.module.path, { perMachine, proxyStub: false });
    assert.equal(states(await checkRegistration(clsid, null))['keys'], 'ok', 'control');
  });

  it('reports a command line whose module does not exist', async () => {
    using module = await TemporaryModule.write();
    await register(module.path, { perMachine, proxyStub: false });
    const key = `${clsidKey(module.clsid)}\\LocalServer32`;
    try {
      const line = commandLineOf(process.execPath, ['dist/cli/main.js', 'serve', 'C:\\gone.mjs']);
      writeEntries([{ hive, key, name: '', data: line }]);
      // This only reads the registration because COM would wait long for such a server to start.
      const [check] = (await checkRegistration(module.clsid, null)).slice(-1);
      assert.equal(check?.id, 'command-line');
      assert.equal(check.state, 'wrong');
      assert.equal(check.seen, 'missing: C:\\gone.mjs');
    } finally {
      // unregister() leaves a value that somebody has changed.
      native.deleteRegistryValue(hive, key, '');
      await unregister(module.clsid, { perMachine });
    }
  });

  it('distinguishes a server that only runs from one that is registered', async () => {
    await using server = createServer({ clsid: newClsid(), methods: {} });
    await server.listen();
    const running = await checksOf(server.clsid);
    assert.equal(states(running)['registration'], 'wrong');
    assert.equal(states(running)['answer'], 'ok');
    await server.close();
    const gone = await checksOf(server.clsid);
    assert.equal(states(gone)['start'], 'wrong');
    assert.match(seenIn(gone, 'start'), /REGDB_E_CLASSNOTREG/);
    assert.equal(states(gone)['answer'], undefined);
  });

  it('reports a proxy/stub whose DLL or whose registry value is missing', async () => {
    using module = await TemporaryModule.write();
    await register(module.path, { perMachine, proxyStub: 'package.json' });
    const server = `${clsidKey(proxyStubClsid)}\\InprocServer32`;
    try {
      assert.equal(checkProxyStub().state, 'ok');
      const whole = states(await checkRegistration(module.clsid, null));
      assert.equal(whole['keys'], 'ok');
      writeEntries([{ hive, key: server, name: '', data: 'C:\\no\\such.dll' }]);
      assert.equal(checkProxyStub().state, 'wrong');
      assert.match(checkProxyStub().seen, /does not exist: C:\\no\\such\.dll/);
      native.deleteRegistryValue(hive, server, 'ThreadingModel');
      assert.match(seenIn(await checkRegistration(module.clsid, null), 'keys'), /ThreadingModel/);
    } finally {
      native.deleteRegistryValue(hive, server, '');
      await unregister(module.clsid, { perMachine });
    }
  });

  it('reports that Wine does not see a registration for one user', async function () {
    if (native.wineVersion() === null) skip(this, 'Windows sees it');
    using module = await TemporaryModule.write();
    await register(module.path, { proxyStub: false });
    try {
      const checks = await checksOf(module.clsid);
      assert.equal(states(checks)['registration'], 'wrong');
      assert.equal(states(checks)['keys'], 'ok');
      assert.equal(states(checks)['start'], 'wrong');
    } finally {
      await unregister(module.clsid);
    }
  });

  it('reports a class that another program has registered', async () => {
    const clsid = newClsid();
    const theirs = [{ hive, key: clsidKey(clsid), name: '', data: 'theirs' }] as const;
    writeEntries(theirs);
    try {
      assert.match(seenIn(await checksOf(clsid), 'registration'), /by another program/);
    } finally {
      remove(planRemoval(theirs));
    }
  });

  it('prints text or JSON, and exits with 1 when something is wrong', async () => {
    await using registered = await RegisteredModule.register();
    const [json, text] = await Promise.all([
      doctor('--json', registered.clsid),
      doctor(newClsid()),
    ]);
    const report = JSON.parse(json.output) as DoctorReport;
    assert.equal(report.classes[0]?.clsid, registered.clsid);
    assert.deepEqual({ code: json.code, errors: json.errors }, { code: 0, errors: '' });
    assert.equal(text.code, 1);
    assert.match(text.output, /^this host\n/);
    assert.match(text.output, /✗ registration +not registered/);
    await assert.rejects(
      checkClasses('No.Such.Class'),
      /^Error: No\.Such\.Class is neither a CLSID, nor a registered ProgID/,
    );
  });
});
