#pragma once

namespace async_com {

// VT_DATE counts days from 1899-12-30, and has the years 100 to 9999. It has no time zone:
// async-com takes it as UTC. JavaScript counts milliseconds from 1970-01-01 in UTC.

// Before 1899-12-30 the whole part of a VT_DATE counts backwards, but its fraction still counts
// forwards.
double DateFromMilliseconds(double milliseconds) noexcept;
double MillisecondsFromDate(double date) noexcept;

// Returns false for NaN, too.
bool IsInRangeOfDate(double date) noexcept;

}  // namespace async_com
