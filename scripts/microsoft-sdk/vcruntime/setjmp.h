// Nothing calls setjmp. clang's intrin.h declares it.
#pragma once

#include <vcruntime.h>

typedef long long jmp_buf[32];
