// Reads the error codes from mingw-w64's winerror.h, and chooses a name for each.

/** The facilities of the HRESULTs that users of COM see. */
const kFacilities = new Set([
  0, // FACILITY_NULL
  1, // FACILITY_RPC
  2, // FACILITY_DISPATCH
  3, // FACILITY_STORAGE
  4, // FACILITY_ITF
  7, // FACILITY_WIN32
  8, // FACILITY_WINDOWS
  9, // FACILITY_SSPI
  11, // FACILITY_CERT
  17, // FACILITY_COMPLUS
]);

const kFacilityItf = 4;

/**
 * The codes of FACILITY_ITF that mean the same for every interface: the codes of COM, of
 * transactions and of COM+. Each interface defines the meaning of the other codes (Visual Basic's
 * vbObjectError + 513 is 0x80040201), so a name from one interface would be wrong for another.
 */
const kItfCodesOfCom = [
  { first: 0x0000, last: 0x01ff },
  { first: 0xd000, last: 0xd0ff },
  { first: 0xe000, last: 0xe0ff },
];

/** Names of the ends of ranges. Most of these codes also have a name of their own. */
const kBound = /_(FIRST|LAST|BEGIN|END)$/;

/** Of two names for one code the first in the header is used. This one comes before S_OK. */
const kNeverUsed = new Set(['SEC_E_OK']);

// Codes that users see and that mingw-w64 10 lacks. Windows' own winerror.h has them. `npm run check:sdk`
// asks for those whose names begin as COM's do. Other codes that only Windows' header has get no name.
/** @type {[number, string][]} */
const kHResultsBeside = [
  [0x8000000b, 'E_BOUNDS'],
  [0x8000000c, 'E_CHANGED_STATE'],
  [0x8000000d, 'E_ILLEGAL_STATE_CHANGE'],
  [0x8000000e, 'E_ILLEGAL_METHOD_CALL'],
  [0x80000013, 'RO_E_CLOSED'],
  [0x80010141, 'CO_E_SERVER_CANNOT_BE_EQUAL_OR_GREATER_PRIVILEGE'],
  [0x80010142, 'CO_E_CANNOT_ACTIVATE_CROSS_PACKAGE_IN_SESSION_0'],
  [0x8004e030, 'CO_E_CALL_OUT_OF_TX_SCOPE_NOT_ALLOWED'],
  [0x8004e031, 'CO_E_EXIT_TRANSACTION_SCOPE_NOT_CALLED'],
  [0x80004034, 'CO_E_UNREVOKED_REGISTRATION_ON_APARTMENT_SHUTDOWN'],
  [0x80004035, 'CO_E_PREMATURE_STUB_RUNDOWN'],
  [0x80040157, 'REGDB_E_PACKAGEPOLICYVIOLATION'],
  [0x80080015, 'CO_E_MISSING_DISPLAYNAME'],
  [0x80080016, 'CO_E_RUNAS_VALUE_MUST_BE_AAA'],
  [0x80080017, 'CO_E_ELEVATION_DISABLED'],
];
/** @type {[number, string][]} */
const kWin32ErrorsBeside = [
  [225, 'ERROR_VIRUS_INFECTED'],
  [226, 'ERROR_VIRUS_DELETED'],
  [572, 'ERROR_CONTROL_C_EXIT'],
  [574, 'ERROR_UNHANDLED_EXCEPTION'],
  [577, 'ERROR_INVALID_IMAGE_HASH'],
  [740, 'ERROR_ELEVATION_REQUIRED'],
  [1295, 'ERROR_DISK_QUOTA_EXCEEDED'],
  [1653, 'ERROR_FAIL_FAST_EXCEPTION'],
];

/** Names that Windows' own winerror.h spells in another way: this one, and no other. */
const kSpelledAsWindows = new Map([['WSA_QOS_EUNKNOWNPSOBJ', 'WSA_QOS_EUNKOWNPSOBJ']]);

/** The forms in which the header defines Win32 codes and HRESULTs. */
const kWin32Forms = [
  { form: /^__MSABI_LONG\((\d+)\)$/, base: 0 },
  { form: /^\(WSABASEERR \+ (\d+)\)$/, base: 10_000 },
];
const kHResultForms = [
  { form: /^_HRESULT_TYPEDEF_\((0x[\da-f]{1,8})L?\)$/i, base: 0 },
  { form: /^\(\(HRESULT\)(0x[\da-f]{1,8})\)$/i, base: 0 },
];

/** The forms of the header's other definitions. None of them is a code. */
const kOtherForms = [
  /^\d+U?$/, // facilities, severities, bases
  /^0x[\da-f]+$/i, // masks, the ends of ranges
  /^__MSABI_LONG\(0x[\da-f]{8}\)$/i, // the ends of ranges
  /^\w*[a-z_]\w*$/i, // another name for a code
  /^HRESULT_FROM_WIN32\(\w+\)$/, // another name for a Win32 code
];

/**
 * @typedef {Map<number, string>} Names by code, in the order of the codes
 * @param {string} header the text of winerror.h
 * @returns {{ hresults: Names, win32Errors: Names }}
 */
export function readCodes(header) {
  /** @type {[number, string][]} */
  const hresults = [];
  /** @type {[number, string][]} */
  const win32Errors = [];
  for (const { name, value } of definitions(header)) {
    const win32 = codeIn(value, kWin32Forms);
    const hresult = codeIn(value, kHResultForms);
    if (win32 !== undefined) win32Errors.push([win32, name]);
    else if (hresult !== undefined) hresults.push([hresult, name]);
    else if (!kOtherForms.some((form) => form.test(value))) {
      throw new Error(`winerror.h defines ${name} as ${value}: no form in winerror.mjs matches`);
    }
  }
  return {
    hresults: choose([...hresults.filter(([code]) => isOfCom(code)), ...kHResultsBeside]),
    win32Errors: choose([...win32Errors, ...kWin32ErrorsBeside]),
  };
}

/**
 * Yields the macros that have a value and no parameters.
 * @param {string} header
 */
function* definitions(header) {
  for (const [, name = '', rest = ''] of header.matchAll(
    /^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+(.+)$/gm,
  )) {
    yield {
      name: kSpelledAsWindows.get(name) ?? name,
      value: rest.replace(/\/\*.*?\*\/|\/\/.*/g, '').trim(),
    };
  }
}

/**
 * @param {string} value
 * @param {{ form: RegExp, base: number }[]} forms
 * @returns {number | undefined}
 */
function codeIn(value, forms) {
  for (const { form, base } of forms) {
    const number = form.exec(value)?.[1];
    if (number !== undefined) return base + Number(number);
  }
  return undefined;
}

/** @param {number} hresult */
function isOfCom(hresult) {
  const facility = (hresult >>> 16) & 0x1fff;
  if (!kFacilities.has(facility)) return false;
  const code = hresult & 0xffff;
  return (
    facility !== kFacilityItf ||
    kItfCodesOfCom.some(({ first, last }) => first <= code && code <= last)
  );
}

/**
 * Chooses one name for each code.
 * @param {[number, string][]} all
 * @returns {Names}
 */
function choose(all) {
  const codes = new Map();
  const names = new Map();
  for (const [code, name] of all) {
    if (kBound.test(name) || kNeverUsed.has(name)) continue;
    if (codes.has(name) && codes.get(name) !== code) throw new Error(`${name} has two values`);
    codes.set(name, code);
    if (!names.has(code)) names.set(code, name);
  }
  return new Map([...names].sort(([a], [b]) => a - b));
}

/**
 * @param {string} macros the text of _mingw_mac.h
 * @returns {string} '10.0.0'
 */
export function mingwVersion(macros) {
  const parts = ['MAJOR', 'MINOR', 'BUGFIX'].map(
    (part) => new RegExp(`^#define __MINGW64_VERSION_${part} (\\d+)$`, 'm').exec(macros)?.[1],
  );
  if (parts.includes(undefined))
    throw new Error('_mingw_mac.h must define the version of mingw-w64');
  return parts.join('.');
}
