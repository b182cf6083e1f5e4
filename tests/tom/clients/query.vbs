' ExecQuery with conditions, as scripts and PowerShell's adapter write them.
Option Explicit
Dim svc
Set svc = GetObject("winmgmts:\\.\root\TomSample")

Sub Ask(query)
    Dim row, line
    line = ""
    For Each row In svc.ExecQuery(query)
        line = line & "<" & row.Id & ">"
    Next
    WScript.Echo line
End Sub

Ask "SELECT Id, State FROM Sample_Thing WHERE State = 3"
Ask "SELECT * FROM Sample_Thing  WHERE ((State = 7) OR (State = 3))"
Ask "SELECT * FROM Sample_Thing  WHERE (NOT ((State >= 2) OR (State = 0)))"
Ask "SELECT * FROM Sample_Thing  WHERE ((Id LIKE 'thing 1[0-2]')) AND ((Good = FALSE))"
Ask "SELECT * FROM Sample_Thing WHERE Id = 'back\\slash'"
Ask "SELECT * FROM Sample_Thing WHERE Note IS NOT NULL"
Ask "SELECT * FROM Sample_Thing WHERE 1 > Share AND Note IS NULL"
Ask "ASSOCIATORS OF {Sample_Thing.Id=""plain""} WHERE AssocClass = Sample_Link"
Ask "ASSOCIATORS OF {Sample_Thing.Id=""plain""} WHERE ResultRole = Upper"
WScript.Echo svc.ExecQuery("REFERENCES OF {Sample_Thing.Id=""quo\""te""}").Count
WScript.Echo "end of query"
