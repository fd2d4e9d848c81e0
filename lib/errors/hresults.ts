/**
 * The HRESULTs that the library returns or compares with, by their names in the Windows headers.
 */
export const hresults = {
  E_FAIL: 0x80004005,
  RPC_E_CALL_CANCELED: 0x80010002,
  RPC_E_CLIENT_DIED: 0x80010008,
  RPC_S_CALLPENDING: 0x80010115,
  RPC_E_CALL_COMPLETE: 0x80010117,
  RPC_E_TOO_LATE: 0x80010119,
  DISP_E_MEMBERNOTFOUND: 0x80020003,
  DISP_E_TYPEMISMATCH: 0x80020005,
  DISP_E_BADPARAMCOUNT: 0x8002000e,
  ERROR_BAD_IMPERSONATION_LEVEL: 0x80070542,
  ERROR_CANT_OPEN_ANONYMOUS: 0x80070543,
  CO_E_SERVER_STOPPING: 0x80080008,
} as const;

/**
 * Converts a Win32 error code to an HRESULT. `E_FAIL` for 0: the function failed without a code.
 */
export function hresultOfWin32(code: number): number {
  return code === 0 ? hresults.E_FAIL : (0x80070000 | code) >>> 0;
}
