' Keys with @, / and :, whole and in queries.
Option Explicit
Dim svc, row
Set svc = GetObject("winmgmts:\\.\root\PatchPrereq")

Sub Fetch(path)
    Dim number
    On Error Resume Next
    Set row = svc.Get(path)
    number = Err.Number
    Err.Clear
    If number = 0 Then
        WScript.Echo row.Id & " " & row.Target & " " & row.StateName
    Else
        WScript.Echo Hex(number)
    End If
End Sub

Fetch "PatchPrereq_PatchStatus.Id=""KB5046860@MSSQL/PROD1"""
Fetch "PatchPrereq_PatchStatus=""kb5046860@mssql/prod1"""
Fetch "PatchPrereq_PatchStatus.Id='KB5046859@MSSQL/SHOP'"
Fetch "PatchPrereq_PatchStatus.Id=""KB5046860@MSSQL/OLD:241"""
Fetch "\\.\root\PatchPrereq:PatchPrereq_PatchStatus.Id=""KB5046860@MSSQL/OLD:241"""
Fetch "PatchPrereq_PatchStatus.Id=""KB5046860@MSSQL\/PROD1"""
Fetch "PatchPrereq_PatchStatus.Id=""KB5046860@MSSQL/OLD$1"""
Fetch "PatchPrereq_PatchStatus.Id=""KB5046860"""
For Each row In svc.ExecQuery("SELECT Id FROM PatchPrereq_PatchStatus WHERE Target = 'MSSQL/OLD:241' AND PatchId = 'KB5046860'")
    WScript.Echo row.Id
Next
For Each row In svc.ExecQuery("SELECT * FROM PatchPrereq_PatchStatus WHERE Id LIKE 'KB5046860@MSSQL/%'")
    WScript.Echo row.Id
Next
For Each row In svc.ExecQuery("ASSOCIATORS OF {PatchPrereq_PatchStatus.Id=""KB4583459@MSSQL/PROD1""}")
    WScript.Echo row.Id
Next
WScript.Echo "end of keys"
