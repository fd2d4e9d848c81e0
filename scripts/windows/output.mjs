// The output of a program under Wine. node.exe there cannot write to a pipe of this system, and
// Wine redraws a terminal as a Windows console; a file it writes to like any other. So its output
// is a file, passed on while it grows.
import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { kWineFolder } from './wine.mjs';

const kLookEvery = 30;

let made = 0;

/**
 * @param {NodeJS.WritableStream} target
 * @returns a descriptor to give to the program, and what to call when the program has ended
 */
export function relayedOutput(target) {
  const path = join(kWineFolder, `output-${process.pid}-${made++}`);
  const descriptor = openSync(path, 'ax');
  const reader = openSync(path, 'r');
  rmSync(path);
  const buffer = Buffer.alloc(65_536);
  const passOn = () => {
    for (let size; (size = readSync(reader, buffer)) > 0;) {
      target.write(Buffer.from(buffer.subarray(0, size)));
    }
  };
  const timer = setInterval(passOn, kLookEvery);
  return {
    descriptor,
    end() {
      clearInterval(timer);
      passOn();
      closeSync(reader);
      closeSync(descriptor);
    },
  };
}
