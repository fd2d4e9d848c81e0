// npm run answers -- FILE: sets up what is missing, checks the rules, tries the experiments, and
// writes to FILE what this host answers, with what the last `npm test` came to. It writes the file
// also if a part fails: then the file says so, and the exit code is 1.
//
// npm run answers -- --double FILE: does the same on a double of COM, so that the way from a run to its
// answers can be tried on a host that is not Windows. The file says so, and answers nothing.
//
// npm run answers -- --read FILE: says what such a file answers, what that means, and what to do.
// The exit code is 0 only if Windows has answered every question and nothing is left to do.
import { readFileSync, writeFileSync } from 'node:fs';

import { runMain } from './common/main.mjs';
import { say } from './common/step.mjs';
import { setUpLibrary } from './setup/index.mjs';

const kUsage = 'Usage: npm run answers -- [--double] FILE, or npm run answers -- --read FILE';

await runMain(async () => {
  const args = process.argv.slice(2);
  const reads = args[0] === '--read';
  const double = args[0] === '--double';
  const [file, ...more] = reads || double ? args.slice(1) : args;
  if (file === undefined || file.startsWith('-') || more.length > 0) {
    say(`✗ ${kUsage}`);
    return 1;
  }
  if (reads) return read(file);
  const { answersOfThisHost } = await import('./answers/answers-of-this-host.mjs');
  const answers = await answersOfThisHost({ double });
  writeFileSync(file, `${JSON.stringify(answers, null, 2)}\n`);
  for (const problem of answers.problems) say(`✗ ${problem}`);
  console.log(`Wrote ${file}. To read it: npm run answers -- --read ${file}`);
  return answers.problems.length === 0 ? 0 : 1;
});

/** @param {string} file */
async function read(file) {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    say(`✗ cannot read ${file}: ${error.message}`);
    return 1;
  }
  await setUpLibrary();
  const { parseAnswers } = await import('../dist/verify/answers/answer-file.js');
  const { readAnswers } = await import('../dist/verify/answers/reading.js');
  let answers;
  try {
    answers = parseAnswers(text);
  } catch (error) {
    say(`✗ ${file}: ${error.message}`);
    return 1;
  }
  const { lines, settled } = readAnswers(answers);
  console.log(lines.join('\n'));
  return settled ? 0 : 1;
}
