Set catalogue = CreateObject("AsyncComExamples.Catalogue")

For Each file In catalogue
  WScript.Echo file.name & ", " & file.size & " bytes"
Next
WScript.Echo catalogue.count & " files"

' item is the default member: catalogue("a.txt") is catalogue.item("a.txt").
Set first = catalogue("a.txt")
WScript.Echo first.text()

On Error Resume Next
first.annotate "read this first"
If Err.Number <> 0 Then WScript.Echo Hex(Err.Number) & ": " & Err.Description
Err.Clear
WScript.Echo "note: " & catalogue("a.txt").note

Set missing = catalogue.item("..\secret.txt")
WScript.Echo Hex(Err.Number) & ": " & Err.Description
