// npm run check:sdk: compares the native sources with Microsoft's Windows SDK. Debian only. It needs the
// .NET SDK, which restores Microsoft's.
//
//   --write         writes test/native/generated/windows_facts.h again
//   --if-possible   without the .NET SDK: says so, and exits with 0
import { parseArgs } from 'node:util';

import { runMain } from './common/main.mjs';
import { say } from './common/step.mjs';
import { setUpSdkCheck } from './setup/index.mjs';
import { whyNoMicrosoftSdk } from './setup/microsoft-sdk.mjs';

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      write: { type: 'boolean', default: false },
      'if-possible': { type: 'boolean', default: false },
    },
  });
  const reason = values['if-possible'] && whyNoMicrosoftSdk();
  if (reason) {
    say(`• check:sdk is skipped: Microsoft's SDK is not here, because ${reason}`);
    return 0;
  }
  await setUpSdkCheck();
  const { checkSdk } = await import('./microsoft-sdk/check-sdk.mjs');
  return checkSdk(values);
});
