import assert from 'node:assert/strict';

import type { PlainThreadToken } from '#lib/verify/scene/observation.js';
import {
  isModifiedByDuplicating,
  witnessesAgree,
  tokenIn,
} from '#lib/verify/scene/token-assertion.js';

/** Returns a look that found a token with these ids. */
function seen(tokenId: string, modifiedId = '0x1', user = 'S-1-5-18'): PlainThreadToken {
  const token = { type: 'impersonation', level: 'impersonation' } as const;
  const ids = { tokenId, modifiedId, authenticationId: '0x3e7' };
  return { state: 'present', error: null, ...token, ...ids, user, time: 1 };
}

function look(
  ...[thread, otherThread, otherProcess]: [PlainThreadToken, PlainThreadToken, PlainThreadToken]
) {
  return { thread, otherThread, otherProcess, furtherWitness: null };
}

// If a witness can open the token itself, every witness sees the same id. Windows gives each witness
// its own duplicate of a client's token.
describe('witnesses', () => {
  it('agree if they see one token, or duplicates of one token', () => {
    assert.equal(witnessesAgree(look(seen('0x1'), seen('0x1'), seen('0x1'))), true);
    assert.equal(witnessesAgree(look(seen('0x1'), seen('0x2'), seen('0x3'))), true);
  });

  it('disagree if one sees another token, or a duplicate while the others see the token', () => {
    assert.equal(witnessesAgree(look(seen('0x1'), seen('0x1'), seen('0x2'))), false);
    assert.equal(witnessesAgree(look(seen('0x1'), seen('0x2'), seen('0x3', '0x2'))), false);
    assert.equal(
      witnessesAgree(look(seen('0x1'), seen('0x2'), seen('0x3', '0x1', 'S-1-5-19'))),
      false,
    );
  });

  it('agree on duplicates that each have a ModifiedId of their own, by their logon session', () => {
    const look1 = [seen('0x1', '0x1'), seen('0x2', '0x2'), seen('0x3', '0x3')] as const;
    assert.equal(witnessesAgree(look(...look1)), true);
    assert.equal(isModifiedByDuplicating(look(...look1)), true);
    const look2 = [seen('0x4', '0x4'), seen('0x5', '0x5'), seen('0x6', '0x6')] as const;
    assert.equal(tokenIn(look(...look1)), tokenIn(look(...look2)));

    const session = { ...seen('0x3', '0x3'), authenticationId: '0x3e4' };
    assert.equal(witnessesAgree(look(look1[0], look1[1], session)), false);
    const level = { ...seen('0x3', '0x3'), level: 'identification' };
    assert.equal(witnessesAgree(look(look1[0], look1[1], level)), false);
    const same = [seen('0x1', '0x1'), seen('0x1', '0x2'), seen('0x1', '0x3')] as const;
    assert.equal(witnessesAgree(look(...same)), false);
    assert.equal(isModifiedByDuplicating(look(...same)), false);
  });

  it('identify a token by its id, or by what its duplicates have in common', () => {
    const one = tokenIn(look(seen('0x1'), seen('0x1'), seen('0x1')));
    assert.equal(one, '0x1');
    assert.notEqual(one, tokenIn(look(seen('0x2'), seen('0x2'), seen('0x2'))));

    const copied = tokenIn(look(seen('0x3'), seen('0x4'), seen('0x5')));
    assert.equal(copied, tokenIn(look(seen('0x6'), seen('0x7'), seen('0x8'))));
    const changed = [seen('0x3', '0x2'), seen('0x4', '0x2'), seen('0x5', '0x2')] as const;
    assert.notEqual(copied, tokenIn(look(...changed)));
  });
});
