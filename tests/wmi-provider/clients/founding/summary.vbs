' The one row of Summary, as a monitor reads it.
Option Explicit
Dim svc, row
Set svc = GetObject("winmgmts:\\.\root\PatchPrereq")
For Each row In svc.InstancesOf("PatchPrereq_Summary")
    WScript.Echo row.HostName & " " & row.Evaluated & " " & row.WorstStateName & " " & row.ReasonCode
    WScript.Echo row.LastEvaluated & " " & (row.EvaluationAgeSeconds > 0)
    WScript.Echo row.RequiredCount & " " & row.RegressedCount & " " & row.BlockedCount & " " & row.PlanSteps
    WScript.Echo TypeName(row.CompliancePercent) & " " & row.RestartPending
Next
WScript.Echo "end of summary"
