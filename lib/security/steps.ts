import type { Outcome } from '../native/outcome.js';
import type { NativeBlanket, NativeThread } from '../native/security.js';
import { type Blanket, blanketOf } from './blanket.js';

/**
 * The functions that {@link CallThread.attempt} can call, and the type of the value that each
 * gives. The first four are methods of the call's `IServerSecurity`.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nn-objidlbase-iserversecurity
 */
export interface StepValues {
  /** `IServerSecurity::ImpersonateClient`. It gives no value. */
  ImpersonateClient: undefined;
  /** `IServerSecurity::RevertToSelf`. It gives no value. */
  RevertToSelf: undefined;
  /** `IServerSecurity::IsImpersonating`: whether the thread impersonates the client. */
  IsImpersonating: boolean;
  /** `IServerSecurity::QueryBlanket`: the blanket of the client's call. */
  QueryBlanket: Blanket;
  /** `CoImpersonateClient`. It gives no value. */
  CoImpersonateClient: undefined;
  /** `CoRevertToSelf`. It gives no value. */
  CoRevertToSelf: undefined;
  /** `CoQueryClientBlanket`: the blanket of the client's call. */
  CoQueryClientBlanket: Blanket;
  /**
   * `CoGetCallContext`: whether the thread's call context is the `IServerSecurity` pointer that the
   * first four functions use.
   */
  CoGetCallContext: boolean;
}

/** The name of a function that {@link CallThread.attempt} can call. */
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
