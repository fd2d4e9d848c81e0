#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "com.h"

// VARIANTs in words, to compare exactly what two programs sent and got:
//
//   empty  null  true  false  nan  i4:-5  ui8:18446744073709551615  cy:12345 (in 1/10000)
//   r8:3FB999999999999A (its bits, as of date and r4)  error:80020004
//   bstr:68006900 (UTF-16LE)  bytes:00FF (an array of VT_UI1)
//   [i4:1,[],null] (an array of VARIANT)  i4[i4:1,i4:2] (of another type)
//   i4<2x5~3>[...] (two dimensions, of which the second begins at 5; in the order of memory)
//   decimal:0080000000000A00000000000000 (its bytes after the type)
//   nothing (a null array of VT_I4)
//   object (of the sender's process), mismatch: only to be sent
namespace interop {

// Throws std::invalid_argument if the words are not a value.
Variant ValueFromWords(std::string_view words);

std::string WordsFromValue(const VARIANT& value);

std::string WordsFromText(BSTR text);

// Returns an array of VARIANT, as a VARIANT.
Variant ArrayFromWords(const std::vector<std::string_view>& words);

}  // namespace interop
