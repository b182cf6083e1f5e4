' Refresh where there is no task to start: it says so, by its return value, and changes nothing.
Option Explicit
Dim svc, params, result
Set svc = GetObject("winmgmts:\\.\root\PatchPrereq")
Set params = svc.Get("PatchPrereq_Summary").Methods_("Refresh").InParameters
params.WaitSeconds = 1
Set result = svc.ExecMethod("PatchPrereq_Summary", "Refresh", params)
WScript.Echo result.ReturnValue & " " & result.LastEvaluated
WScript.Echo svc.Get("PatchPrereq_Summary=@").LastEvaluated
WScript.Echo "end of refresh"
