import assert from 'node:assert/strict';
import { ComError, type ComErrorOptions } from 'async-com';

import { hresultName } from '#lib/errors/hresult-names.js';

describe('ComError', () => {
  it('is an Error with an HRESULT, an origin and a source', () => {
    const error = new ComError('no such file', { hresult: 0x80070002 });
    assert.ok(error instanceof Error);
    assert.equal(error.name, 'ComError');
    assert.equal(error.message, 'no such file');
    assert.equal(error.hresult, 0x80070002);
    assert.equal(error.origin, 'call');
    assert.equal(error.source, null);
    assert.equal(String(error), 'ComError: no such file');
  });

  it('accepts an HRESULT as a signed number', () => {
    assert.equal(new ComError('x', { hresult: -2147467259 }).hresult, 0x80004005);
    assert.equal(new ComError('x', { hresult: 0x80000000 }).hresult, 0x80000000);
    assert.equal(new ComError('x', { hresult: -1 }).hresult, 0xffffffff);
  });

  it('has the name of the HRESULT in the Windows headers as its code', () => {
    const names: readonly (readonly [number, string])[] = [
      [0x80004005, 'E_FAIL'],
      [0x80010001, 'RPC_E_CALL_REJECTED'],
      [0x80010002, 'RPC_E_CALL_CANCELED'],
      [0x8001010a, 'RPC_E_SERVERCALL_RETRYLATER'],
      [0x80010117, 'RPC_E_CALL_COMPLETE'],
      [0x80020003, 'DISP_E_MEMBERNOTFOUND'],
      [0x80040154, 'REGDB_E_CLASSNOTREG'],
      [0x800401f3, 'CO_E_CLASSSTRING'],
      [0x80080008, 'CO_E_SERVER_STOPPING'],
      [0x800706ba, 'RPC_S_SERVER_UNAVAILABLE'],
      [0x800706be, 'RPC_S_CALL_FAILED'],
      [0x80070005, 'E_ACCESSDENIED'],
      [0x8000000b, 'E_BOUNDS'],
      [0x80010115, 'RPC_S_CALLPENDING'],
      [0x80028029, 'TYPE_E_INVALIDSTATE'],
      [0x80030070, 'STG_E_MEDIUMFULL'],
      [0x80040110, 'CLASS_E_NOAGGREGATION'],
      [0x800401ff, 'CO_E_RELEASED'],
      [0x8004d00e, 'XACT_E_NOTRANSACTION'],
      [0x80090016, 'NTE_BAD_KEYSET'],
      [0x800b0101, 'CERT_E_EXPIRED'],
      [0x800702e4, 'ERROR_ELEVATION_REQUIRED'],
      [0x80070102, 'WAIT_TIMEOUT'],
      [0x800706f7, 'RPC_X_BAD_STUB_DATA'],
      [0x8007274d, 'WSAECONNREFUSED'],
    ];
    for (const [hresult, name] of names) {
      assert.equal(new ComError('x', { hresult }).code, name);
    }
  });

  it('has the HRESULT in hexadecimal as its code when it has no name', () => {
    assert.match(new ComError('x', { hresult: 0x8123abcd }).code, /^0x8123ABCD$/i);
  });

  it('has no name for an HRESULT that each interface defines for itself', () => {
    // It is vbObjectError + 513 in Visual Basic, and EVENT_E_ALL_SUBSCRIBERS_FAILED in one interface.
    assert.equal(new ComError('x', { hresult: 0x80040201 }).code, '0x80040201');
  });

  it('has a code that no other HRESULT has', () => {
    const failures = [
      0x8000, 0x8001, 0x8002, 0x8003, 0x8004, 0x8007, 0x8008, 0x8009, 0x800b, 0x8011,
    ];
    const facilities = [0x0000, 0x0003, 0x0004, 0x0008, 0x0009, ...failures];
    const names = new Set<string>();
    for (const high of facilities) {
      for (let low = 0; low < 0x10000; low += 1) {
        const hresult = high * 0x10000 + low;
        const name = hresultName(hresult | 0);
        if (name.startsWith('0x')) continue;
        assert.ok(!names.has(name), name);
        names.add(name);
      }
    }
    assert.ok(names.size > 2500, `${names.size} HRESULTs have names`);
  });

  it('keeps cause, origin and source', () => {
    const cause = new Error('deeper');
    const options = {
      hresult: 0x80004005,
      origin: 'handler',
      source: 'Acme.Files',
      cause,
    } as const;
    const error = new ComError('x', options);
    assert.equal(error.cause, cause);
    assert.equal(error.origin, 'handler');
    assert.equal(error.source, 'Acme.Files');
  });

  it('cannot be created with a message that is not a string', () => {
    for (const message of [Symbol('x'), 5, null, undefined, {}, Object.create(null)] as unknown[]) {
      assert.throws(() => new ComError(message as string, { hresult: 0x80004005 }), {
        name: 'TypeError',
        message: 'message must be a string',
      });
    }
    assert.equal(new ComError('', { hresult: 0x80004005 }).message, '');
  });

  it('cannot be created with another origin or a source that is not a string', () => {
    const bad: readonly (readonly [options: object, message: string])[] = [
      [{ origin: 'server' }, "options.origin must be 'call' or 'handler'"],
      [{ origin: Symbol('x') }, "options.origin must be 'call' or 'handler'"],
      [{ source: 5 }, 'options.source must be a string'],
      [{ source: Symbol('x') }, 'options.source must be a string'],
    ];
    for (const [options, message] of bad) {
      const all = { hresult: 0x80004005, ...options } as ComErrorOptions;
      assert.throws(() => new ComError('x', all), { name: 'TypeError', message });
    }
  });

  it('cannot be created without options', () => {
    for (const options of [undefined, null, 0x80004005, 'x']) {
      assert.throws(() => new ComError('x', options as unknown as ComErrorOptions), {
        name: 'TypeError',
        message: 'options must be an object',
      });
    }
  });

  it('cannot be created with a number that is not a failed HRESULT', () => {
    const bad: unknown[] = [
      ...[0, 1, 0x7fffffff, 2 ** 32, -(2 ** 31) - 1, 0x80004005 + 0.5, NaN, Infinity],
      ...['0x80004005', null, undefined, 0x80004005n, {}],
    ];
    for (const hresult of bad) {
      assert.throws(() => new ComError('x', { hresult: hresult as number }), {
        name: 'TypeError',
        message: /^options\.hresult must be a failed HRESULT/,
      });
    }
  });
});
