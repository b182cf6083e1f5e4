' The error numbers of docs/wmi.md.
Option Explicit
Dim svc
Set svc = GetObject("winmgmts:\\.\root\PatchPrereq")

Sub Fetch(path)
    Dim row, number
    On Error Resume Next
    Set row = svc.Get(path)
    number = Err.Number
    Err.Clear
    WScript.Echo Hex(number) & " " & path
End Sub

Sub Call_(path, method)
    Dim row, number
    On Error Resume Next
    Set row = svc.ExecMethod(path, method)
    number = Err.Number
    Err.Clear
    WScript.Echo Hex(number) & " " & path & " " & method
End Sub

Fetch "PatchPrereq_PatchStatus.Id=""Q269862"""
Fetch "patchprereq_patchstatus.ID=""q269862"""
Fetch "\\.\root\PatchPrereq:PatchPrereq_PatchStatus=""Q269862"""
Fetch "PatchPrereq_PatchStatus.Id=""None"""
Fetch "PatchPrereq_PatchStatus.PatchId=""Q269862"""
Fetch "PatchPrereq_PatchStatus.Id=""Q269862"
Fetch "PatchPrereq_PatchStatus.Id=7"
Fetch "PatchPrereq_Patch.Id=""Q269862"""
Call_ "PatchPrereq_PatchStatus.Id=""None""", "GetPlan"
Call_ "PatchPrereq_PatchStatus", "GetPlan"
Call_ "PatchPrereq_Summary=@", "GetPlan"
Call_ "PatchPrereq_PatchStatus.Id=""Q269862""", "Install"

Dim params, number
Set params = svc.Get("PatchPrereq_Summary").Methods_("GetFacts").InParameters
params.Offset = 2000000000
On Error Resume Next
svc.ExecMethod "PatchPrereq_Summary", "GetFacts", params
number = Err.Number
On Error Goto 0
WScript.Echo Hex(number) & " an offset beyond the end"
WScript.Echo "end of errors"
