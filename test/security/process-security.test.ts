import assert from 'node:assert/strict';
import { initializeSecurity, processSecurity, type ProcessSecurity } from 'async-com';
import { native } from '#lib/native/addon.js';

import type { RemoteError } from '#lib/ipc/channel.js';

import { Child } from '../support/child.js';
import { newClsid } from '#lib/value/identifiers.js';
import { skip } from '../support/skip.js';

const everybodyHere = 'D:(A;;0x3;;;WD)';

describe('initializeSecurity()', () => {
  it('names the option that is not valid', async () => {
    const bad: readonly (readonly [options: object | null | number, message: RegExp])[] = [
      [null, /^options must be an object$/],
      [5, /^options must be an object$/],
      [
        { authnLevel: 'privacy' },
        /^options\.authnLevel must be 'default', 'none', .*'pkt-privacy'$/,
      ],
      [{ authnLevel: 6 }, /^options\.authnLevel must be/],
      [{ authnLevel: 'toString' }, /^options\.authnLevel must be/],
      [
        { impersonationLevel: 'impersonation' },
        /^options\.impersonationLevel must be .*'delegate'$/,
      ],
      [{ cloaking: true }, /^options\.cloaking must be 'none', 'static' or 'dynamic'$/],
      [{ capabilities: 'mutual-auth' }, /^options\.capabilities must be an array of names$/],
      [
        { capabilities: ['secure-refs', 'appid'] },
        /^options\.capabilities\[1\] must be 'mutual-auth'/,
      ],
      [
        { accessPermissions: 5 },
        /^options\.accessPermissions must be a (security descriptor in SDDL|non-empty string)/,
      ],
      [
        { accessPermissions: '' },
        /^options\.accessPermissions must be a (security descriptor in SDDL|non-empty string)/,
      ],
      [
        { accessPermissions: `${everybodyHere}\0` },
        /^options\.accessPermissions must be a (security descriptor in SDDL|non-empty string)/,
      ],
      [{ authnLevel: 'none' }, /^options\.accessPermissions must be null when options\.authnLevel/],
      [{ authnLevel: 'none', accessPermissions: everybodyHere }, /must be null/],
    ];
    for (const [options, message] of bad) {
      await assert.rejects(initializeSecurity(options as object), { name: 'TypeError', message });
    }
  });

  it('rejects access permissions that are no descriptor or have no DACL, and sets nothing', async () => {
    await using child = await Child.start('security');
    for (const accessPermissions of [
      'nonsense',
      'D:(A;;0x3;;;XX)',
      'D:(A;;0x3;;;S-1',
      'O:BAG:BA',
    ]) {
      await assert.rejects(child.ask('initializeSecurity', { accessPermissions }), {
        name: 'TypeError',
        message: /^options\.accessPermissions must be a security descriptor in SDDL with a DACL/,
      });
    }
    assert.equal(await setBy(child), 'nobody');
    await child.ask('initializeSecurity', { accessPermissions: everybodyHere });
    assert.equal(await setBy(child), 'caller');
  });

  it('sets its options, and processSecurity() returns them', async () => {
    await using child = await Child.start('security');
    await child.ask('initializeSecurity', {
      authnLevel: 'pkt-integrity',
      impersonationLevel: 'impersonate',
      cloaking: 'dynamic',
      capabilities: ['mutual-auth', 'no-custom-marshal'],
      accessPermissions: everybodyHere,
    });
    assert.deepEqual(await child.ask('processSecurity'), {
      setBy: 'caller',
      authnLevel: 'pkt-integrity',
      impersonationLevel: 'impersonate',
      cloaking: 'dynamic',
      capabilities: ['mutual-auth', 'dynamic-cloaking', 'no-custom-marshal'],
      accessPermissions: everybodyHere,
    });
  });

  it('accepts access permissions of null, also without authentication', async () => {
    await using child = await Child.start('security');
    await child.ask('initializeSecurity', { authnLevel: 'none', accessPermissions: null });
    const security = (await child.ask('processSecurity')) as ProcessSecurity;
    assert.equal(security.authnLevel, 'none');
    assert.equal(security.accessPermissions, null);
  });

  it('rejects a second call with RPC_E_TOO_LATE, and the error names the first', async () => {
    await using child = await Child.start('security');
    await child.ask('initializeSecurity', { cloaking: 'static', accessPermissions: everybodyHere });
    await assert.rejects(child.ask('initializeSecurity'), (error: RemoteError) => {
      assert.equal(error.name, 'ComError');
      assert.equal(error.code, 'RPC_E_TOO_LATE');
      assert.match(error.message, /set already, by an earlier initializeSecurity \(/);
      assert.match(error.message, /authnLevel 'pkt-privacy', impersonationLevel 'identify'/);
      assert.match(error.message, /cloaking 'static', accessPermissions 'D:\(A;;0x3;;;WD\)'/);
      return true;
    });
  });

  it('succeeds for only one of two calls at the same time', async () => {
    await using child = await Child.start('security');
    const settled = (await child.ask('initializeTwiceAtOnce')) as string[];
    assert.deepEqual(settled.sort(), ['fulfilled', 'rejected']);
  });

  it('rejects with RPC_E_TOO_LATE after a connection, and the defaults stay', async () => {
    const clsid = newClsid();
    await using _server = await Child.start('server', clsid);
    await using child = await Child.start('security');
    assert.equal(await setBy(child), 'nobody');
    await child.ask('connect', clsid);
    const security = (await child.ask('processSecurity')) as ProcessSecurity;
    assert.equal(security.setBy, 'default');
    assert.equal(security.authnLevel, 'pkt-privacy');
    assert.equal(security.impersonationLevel, 'identify');
    assert.match(security.accessPermissions ?? '', /^O:S-1-.*\(A;;0x3;;;SY\)\(A;;0x3;;;BA\)$/);
    await assert.rejects(child.ask('initializeSecurity'), {
      code: 'RPC_E_TOO_LATE',
      message: /by async-com with its defaults, when COM was first used \(authnLevel 'pkt-privacy'/,
    });
  });

  it('can be called before a connection, which then works', async () => {
    const clsid = newClsid();
    await using _server = await Child.start('server', clsid);
    await using child = await Child.start('security');
    await child.ask('initializeSecurity', { impersonationLevel: 'impersonate' });
    await child.ask('connect', clsid);
    assert.deepEqual(await child.ask('call', 'echo', 7), [7]);
    assert.equal(await setBy(child), 'caller');
  });

  it('names the host program if that has initialized security before', async function () {
    await using child = await Child.start('security');
    assert.equal(await child.ask('anotherInitializesSecurity'), 'S_OK');
    try {
      await child.ask('initializeSecurity');
    } catch (error) {
      assert.equal((error as RemoteError).code, 'RPC_E_TOO_LATE');
      assert.match((error as RemoteError).message, /not by async-com but by the host program/);
      assert.equal(await setBy(child), 'host');
      return;
    }
    // COM refuses a second initialization. If it does not, async-com cannot detect the first one.
    assert.notEqual(native.wineVersion(), null, 'Windows refuses a second CoInitializeSecurity');
    skip(this, 'CoInitializeSecurity answers S_OK a second time here (Wine)');
  });
});

describe('processSecurity()', () => {
  it('says that nobody has set the security until COM is used', async () => {
    await using child = await Child.start('security');
    assert.deepEqual(await child.ask('processSecurity'), {
      setBy: 'nobody',
      authnLevel: null,
      impersonationLevel: null,
      cloaking: null,
      capabilities: null,
      accessPermissions: null,
    });
  });

  it('describes this process', () => {
    assert.ok(['nobody', 'default'].includes(processSecurity().setBy));
  });
});

async function setBy(child: Child): Promise<string> {
  return ((await child.ask('processSecurity')) as ProcessSecurity).setBy;
}
