' GetFacts: the pieces make the whole, and each says so.
Option Explicit
Dim svc, params, piece, text, calls, hash
Set svc = GetObject("winmgmts:\\.\root\PatchPrereq")
Set params = svc.Get("PatchPrereq_Summary").Methods_("GetFacts").InParameters
params.Offset = 0
text = ""
calls = 0
Do
    Set piece = svc.ExecMethod("PatchPrereq_Summary", "GetFacts", params)
    If piece.ReturnValue <> 0 Then Exit Do
    If calls > 0 And hash <> piece.Sha256 Then WScript.Echo "it was replaced"
    If Len(piece.Json) > 100000 Then WScript.Echo "too long a piece"
    hash = piece.Sha256
    text = text & piece.Json
    params.Offset = piece.NextOffset
    calls = calls + 1
Loop While piece.NextOffset < piece.TotalChars
WScript.Echo piece.ReturnValue & " " & (calls > 1) & " " & (Len(text) = piece.TotalChars) & " " & Len(hash)
WScript.Echo Left(text, 1)
WScript.Echo Right(text, 1)

' From the middle on, and without parameters.
params.Offset = piece.TotalChars - 2
Set piece = svc.ExecMethod("PatchPrereq_Summary=@", "GetFacts", params)
WScript.Echo piece.ReturnValue & " " & Len(piece.Json) & " " & (piece.NextOffset = piece.TotalChars)
Set piece = svc.ExecMethod("PatchPrereq_Summary", "GetFacts")
WScript.Echo piece.ReturnValue & " " & Left(piece.Json, 1)
WScript.Echo "end of facts"
