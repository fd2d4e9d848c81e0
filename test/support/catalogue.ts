import { createServer, type ClassDescription, type RegisterOptions } from 'async-com';

import { newClsid } from '#lib/value/identifiers.js';

import { Catalogue } from '../fixtures/automation-class.js';
import { RegisteredModule } from './registered-module.js';

/** Registers the class of test/fixtures/automation-class.ts. COM starts its server. */
export function registerCatalogue(
  progId: string,
  clsid = newClsid(),
  options: RegisterOptions = {},
): Promise<RegisteredModule> {
  const file = import.meta.resolve('../fixtures/automation-class.js');
  return RegisteredModule.register(
    {
      progId,
      clsids: [clsid],
      more: `import { Catalogue } from ${JSON.stringify(file)};`,
      options: 'class: Catalogue',
      serveOptions: { idle: 2000, linger: 50 },
    },
    options,
  );
}

/** What the server of {@link registerCatalogue} says of its class. */
export function describedCatalogue(clsid: string): ClassDescription {
  return createServer({ clsid, class: Catalogue }).description;
}
