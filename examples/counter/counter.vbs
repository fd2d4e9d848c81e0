' Each object that a client creates has a count of its own.
Set counter = CreateObject("AsyncComExamples.Counter")
Set other = CreateObject("AsyncComExamples.Counter")

counter.add 5
counter.add
WScript.Echo "counted: " & counter.count
WScript.Echo "the other one: " & other.count

counter.count = 40
WScript.Echo "after 2 more: " & counter.add("2")

On Error Resume Next
counter.add "many"
WScript.Echo "an error: " & Hex(Err.Number)
