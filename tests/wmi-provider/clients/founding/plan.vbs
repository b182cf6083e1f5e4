' GetPlan: its out parameters, and a status without a plan.
Option Explicit
Dim svc, result, line
Set svc = GetObject("winmgmts:\\.\root\PatchPrereq")
Set result = svc.ExecMethod("PatchPrereq_PatchStatus.Id=""Q269862""", "GetPlan")
WScript.Echo result.ReturnValue & " " & result.Steps & " " & result.Restarts & " " & Len(result.PlanHash)
WScript.Echo Left(result.Json, 1) & " " & (InStr(result.Json, "patchprereq-plan/1.") > 0)
WScript.Echo (InStr(result.Text, "Q269862") > 0)

Dim row
For Each row In svc.ExecQuery("SELECT StepNo,Action,PatchId FROM PatchPrereq_PlanStep WHERE Goal='Q269862'")
    If IsNull(row.PatchId) Then
        WScript.Echo row.StepNo & " " & row.Action
    Else
        WScript.Echo row.StepNo & " " & row.Action & " " & row.PatchId
    End If
Next

Set result = svc.Get("PatchPrereq_PatchStatus=""NT4-SP4""").ExecMethod_("GetPlan")
WScript.Echo result.ReturnValue & " " & IsNull(result.Steps) & " " & IsNull(result.Json)
WScript.Echo (Len(result.Text) > 0)
WScript.Echo "end of plan"
