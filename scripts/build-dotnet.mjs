// npm run build:dotnet: builds the .NET programs of the tests, where the .NET SDK 10 is installed.
import { runMain } from './common/main.mjs';
import { setUpDotnet } from './setup/index.mjs';

await runMain(setUpDotnet);
