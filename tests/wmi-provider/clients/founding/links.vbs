' From a status to its prerequisites and back.
Option Explicit
Dim svc
Set svc = GetObject("winmgmts:\\.\root\PatchPrereq")

Sub Ask(query)
    Dim row
    For Each row In svc.ExecQuery(query)
        WScript.Echo row.Id
    Next
End Sub

Ask "ASSOCIATORS OF {PatchPrereq_PatchStatus.Id=""Q269862""} WHERE AssocClass = PatchPrereq_PatchPrerequisite"
Ask "ASSOCIATORS OF {PatchPrereq_PatchStatus.Id=""Q269862""} WHERE ResultClass = PatchPrereq_PrerequisiteStatus"
Ask "ASSOCIATORS OF {PatchPrereq_PrerequisiteStatus.Id=""Q269862/1.2""}"
Dim link
For Each link In svc.ExecQuery("REFERENCES OF {PatchPrereq_PrerequisiteStatus.Id=""Q269862/1.2""}")
    WScript.Echo link.Patch
    WScript.Echo link.Prerequisite
    WScript.Echo svc.Get("PatchPrereq_PatchPrerequisite.Patch=""PatchPrereq_PatchStatus.Id=\""Q269862\"""",Prerequisite=""PatchPrereq_PrerequisiteStatus.Id=\""Q269862/1.2\""""").Patch
Next
WScript.Echo "end of links"
