import type { Outcome } from '../native/outcome.js';
import type { NativeBlanket, NativeThread } from '../native/security.js';
import { type Blanket, blanketOf } from './blanket.js';

/** The Windows functions that `CallThread.attempt` can call, and what each gives. */
export interface StepValues {
  ImpersonateClient: undefined;
  RevertToSelf: undefined;
  IsImpersonating: boolean;
  QueryBlanket: Blanket;
  CoImpersonateClient: undefined;
  CoRevertToSelf: undefined;
  CoQueryClientBlanket: Blanket;
  /** Whether the call context is the `IServerSecurity` pointer that the other steps use. */
  CoGetCallContext: boolean;
}

/** The name of a Windows function that `CallThread.attempt` can call. */
export type StepName = keyof StepValues;

export const steps: {
  readonly [Name in StepName]: (thread: NativeThread) => Promise<Outcome<StepValues[Name]>>;
} = {
  ImpersonateClient: (thread) => thread.impersonateClient(),
  RevertToSelf: (thread) => thread.revertToSelf(),
  IsImpersonating: (thread) => thread.isImpersonating(),
  QueryBlanket: async (thread) => withBlanket(await thread.queryBlanket()),
  CoImpersonateClient: (thread) => thread.coImpersonateClient(),
  CoRevertToSelf: (thread) => thread.coRevertToSelf(),
  CoQueryClientBlanket: async (thread) => withBlanket(await thread.coQueryClientBlanket()),
  CoGetCallContext: (thread) => thread.coGetCallContext(),
};

function withBlanket({ value, ...outcome }: Outcome<NativeBlanket>): Outcome<Blanket> {
  return value === undefined ? outcome : { ...outcome, value: blanketOf(value) };
}
