' What is unsound on this host, why, and what is to be done.
Option Explicit
Dim svc, row, status, plan, step
Set svc = GetObject("winmgmts:\\.\root\PatchPrereq")
For Each row In svc.ExecQuery("SELECT PatchId,StateName,Reason FROM PatchPrereq_PatchStatus WHERE State=3")
    WScript.Echo row.PatchId & " " & row.StateName
    WScript.Echo row.Reason
    Set status = svc.Get("PatchPrereq_PatchStatus.Id=""" & row.PatchId & """")
    WScript.Echo status.Expected
    WScript.Echo status.Found
    Set plan = status.ExecMethod_("GetPlan")
    WScript.Echo plan.ReturnValue & " " & plan.Steps & " " & plan.Restarts
    For Each step In svc.ExecQuery("SELECT * FROM PatchPrereq_PlanStep WHERE Goal='" & row.PatchId & "'")
        WScript.Echo step.Action
    Next
Next
Set status = svc.Get("PatchPrereq_PatchStatus.Id=""Q269862""")
WScript.Echo status.PatchId & " is " & status.StateName
WScript.Echo "end of chain"
