#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""cli_pack.py PROGRAM FOLDER [CHECK...] - catalog pack, keygen, verify and install, as people use them."""
import base64
import hashlib
import json
import os
import sys

from cli_fixture import CATALOG, CATALOG_INFO, check, expect, get, main, plain, put


def packed(version="1", released="2026-11-01", name="site.pack", key="site.key"):
    """A key pair and a signed pack of the small catalog."""
    put("catalog/catalog.json", dict(CATALOG_INFO, version=version, released=released))
    if not os.path.exists(key):
        plain("catalog", "keygen", "-o", key).ends(0)
    plain("catalog", "pack", "catalog", "--key", key, "-o", name).ends(0)
    return name


def tree(folder):
    found = {}
    for base, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(base, name)
            found[os.path.relpath(path, folder)] = get(path)
    return found


def forged(change):
    """A pack whose manifest or bytes were changed, signed anew by the same key's owner: the signature
    is good, so only the reading of the pack itself can refuse it."""
    pack = get(packed())
    line, rest = pack.split(b"\n", 1)
    manifest, rest = change(json.loads(line), rest)
    put("forged.pack", json.dumps(manifest).encode() + b"\n" + rest)
    sign("forged.pack", "site.key")


def sign(path, key):
    """Sign any bytes: by libsodium through ctypes, since the program signs only packs that are sound."""
    import ctypes
    sodium = ctypes.CDLL("libsodium.so.23")
    expect(sodium.sodium_init() >= 0, "libsodium")
    public, secret = ctypes.create_string_buffer(32), ctypes.create_string_buffer(64)
    sodium.crypto_sign_seed_keypair(public, secret, get(key))
    signature, data = ctypes.create_string_buffer(64), get(path)
    sodium.crypto_sign_detached(signature, None, data, ctypes.c_ulonglong(len(data)), secret)
    put(path + ".sig", base64.b64encode(signature.raw))


@check
def keys_are_made_once():
    plain("catalog", "keygen", "-o", "site.key").ends(0, "site.key.pub is the public one")
    expect(len(get("site.key")) == 32, "seed")
    expect(os.stat("site.key").st_mode & 0o077 == 0, "others can read the secret key")
    expect(len(base64.b64decode(get("site.key.pub"))) == 32, "public key")
    before = get("site.key")
    plain("catalog", "keygen", "-o", "site.key").ends(2, "never replaced")
    expect(get("site.key") == before, "the key was replaced")
    plain("catalog", "keygen").ends(2, "needs -o FILE")


@check
def pack_holds_the_catalog_and_no_cases():
    put("catalog/test/cases/one/facts.json", {})
    line, rest = get(packed()).split(b"\n", 1)
    manifest = json.loads(line)
    expect(manifest["format"] == "patchprereq-pack/1.0" and manifest["id"] == "test", manifest)
    expect([f["path"] for f in manifest["files"]] == ["catalog.json", "test/entries.json"], manifest)
    expect(rest == get("catalog/catalog.json") + get("catalog/test/entries.json"), "bytes")
    for file in manifest["files"]:
        want = hashlib.sha256(get("catalog/" + file["path"])).hexdigest()
        expect(file["sha256"] == want, file)


@check
def pack_refuses_what_is_no_catalog():
    packed()
    plain("catalog", "pack", "catalog", "-o", "x.pack").ends(2, "needs --key FILE")
    plain("catalog", "pack", "nowhere", "--key", "site.key", "-o", "x.pack").ends(2, "no such file")
    put("short.key", get("site.key")[1:])
    os.chmod("short.key", 0o600)
    plain("catalog", "pack", "catalog", "--key", "short.key", "-o", "x.pack").ends(2, "32 bytes")
    plain("catalog", "pack", "catalog", "--key", "site.key.pub", "-o", "x.pack").ends(2, "is no secret")
    entry = dict(CATALOG["patches"][1], supersedes=["Q77"])
    put("catalog/test/entries.json", dict(CATALOG, patches=[CATALOG["patches"][0], entry]))
    plain("catalog", "pack", "catalog", "--key", "site.key", "-o", "x.pack").ends(2, "Q77")
    expect(not os.path.exists("x.pack") and not os.path.exists("x.pack.sig"), "written all the same")


@check
def pack_refuses_to_leave_files_out():
    put("catalog/test/SHOUT.JSON", CATALOG)
    plain("catalog", "keygen", "-o", "left.key").ends(0)
    result = plain("catalog", "pack", "catalog", "--key", "left.key", "-o", "left.pack").ends(2, "SHOUT.JSON")
    expect("is not read" in result.says and not os.path.exists("left.pack"), result.says)


@check
def verify_trusts_only_the_key():
    packed()
    text = plain("catalog", "verify", "site.pack", "--key", "site.key.pub").ends(0).text
    expect(text == "catalog test 1 of 2026-11-01, 2 files, signed by site.key.pub\n", text)
    plain("catalog", "keygen", "-o", "other.key").ends(0)
    plain("catalog", "verify", "site.pack", "--key", "other.key.pub").ends(2, "no trusted key")
    os.remove("site.pack.sig")
    plain("catalog", "verify", "site.pack", "--key", "site.key.pub").ends(2, "site.pack.sig")


@check
def one_changed_byte_is_found():
    packed()
    data = bytearray(get("site.pack"))
    data[len(data) // 2] ^= 1
    put("site.pack", bytes(data))
    plain("catalog", "verify", "site.pack", "--key", "site.key.pub").ends(2, "no trusted key")


@check
def install_puts_the_catalog_in_its_place():
    packed()
    os.mkdir("var")
    words = ("catalog", "install", "site.pack", "--key", "site.key.pub", "-o", "var/catalog")
    plain(*words).ends(0, "var/catalog holds catalog test 1")
    expect(tree("var/catalog") == {"catalog.json": get("catalog/catalog.json"),
                                   "test/entries.json": get("catalog/test/entries.json")}, "files")
    text = plain("catalog", "list", "--no-builtin", "--catalog", "var/catalog", "--format", "ids").text
    expect(text == "NT4-SP6\nQ1\n", text)
    expect(os.listdir("var") == ["catalog"], os.listdir("var"))


@check
def install_keeps_the_previous_and_goes_back():
    os.mkdir("var")
    place = ("--key", "site.key.pub", "-o", "var/catalog")
    plain("catalog", "install", packed(), *place).ends(0)
    plain("catalog", "install", packed("2", "2026-12-01"), *place).ends(0)
    expect(json.loads(get("var/catalog/catalog.json"))["version"] == "2", "new")
    expect(json.loads(get("var/catalog.previous/catalog.json"))["version"] == "1", "previous")
    plain("catalog", "install", "--previous", "-o", "var/catalog").ends(0, "catalog test 1 again")
    expect(json.loads(get("var/catalog/catalog.json"))["version"] == "1", "back")
    plain("catalog", "install", "--previous", "-o", "var/catalog").ends(0, "catalog test 2 again")
    plain("catalog", "install", "--previous", "-o", "var/none").ends(2, "no catalog to go back to")
    plain("catalog", "install", "-o", "var/catalog").ends(2, "takes PACK or --previous")


@check
def versions_that_are_no_numbers_are_not_compared_as_text():
    os.mkdir("var")
    place = ("--key", "site.key.pub", "-o", "var/catalog")
    plain("catalog", "install", packed("October"), *place).ends(0)
    plain("catalog", "install", packed("October"), *place).ends(0)
    for version in ("November", "2026.11"):
        plain("catalog", "install", packed(version), *place).ends(
            2, f'which of the versions "{version}" and "October" is newer cannot be told')
    expect(json.loads(get("var/catalog/catalog.json"))["version"] == "October", "kept")
    plain("catalog", "install", "site.pack", "--allow-older", *place).ends(0)
    expect(json.loads(get("var/catalog/catalog.json"))["version"] == "2026.11", "installed")
    plain("catalog", "install", packed("December", released="2026-12-01"), *place).ends(0)


@check
def older_pack_needs_a_word():
    os.mkdir("var")
    place = ("--key", "site.key.pub", "-o", "var/catalog")
    plain("catalog", "install", packed("2", "2026-12-01"), *place).ends(0)
    before = tree("var")
    plain("catalog", "install", packed("1"), *place).ends(2, "older than what is there")
    expect(tree("var") == before, "something changed")
    plain("catalog", "install", "site.pack", "--allow-older", *place).ends(0)
    expect(json.loads(get("var/catalog/catalog.json"))["version"] == "1", "older")
    put("catalog/catalog.json", dict(CATALOG_INFO, id="other", version="9"))
    plain("catalog", "pack", "catalog", "--key", "site.key", "-o", "other.pack").ends(0)
    plain("catalog", "install", "other.pack", *place).ends(2, "holds the catalog test")


def hostile(name, says, change):
    def run_it():
        os.mkdir("var")
        plain("catalog", "install", packed(), "--key", "site.key.pub", "-o", "var/catalog").ends(0)
        before = tree("var")
        forged(change)
        outside = set(os.listdir("."))
        plain("catalog", "install", "forged.pack", "--key", "site.key.pub", "-o",
              "var/catalog").ends(2, says)
        expect(tree("var") == before and set(os.listdir(".")) == outside, "something changed")
    run_it.__name__ = "hostile_" + name
    check(run_it)


def with_path(path):
    def change(manifest, rest):
        manifest["files"][1]["path"] = path
        return manifest, rest
    return change


for number, path in enumerate(("../evil.json", "/etc/evil.json", "a/../b.json", "a/b/c.json",
                               "test\\evil.json", ".hidden.json", "test/run.sh", "C:evil.json",
                               "CATALOG.JSON", "test/" + "x" * 300 + ".json")):
    hostile(f"path_{number}", "/files/1/path", with_path(path))


def change_size(manifest, rest):
    manifest["files"][1]["size"] += 1
    return manifest, rest


def huge_size(manifest, rest):
    manifest["files"][1]["size"] = 9007199254740991
    return manifest, rest


def change_hash(manifest, rest):
    manifest["files"][1]["sha256"] = "0" * 64
    return manifest, rest


hostile("size", "the pack ends inside this file", change_size)
hostile("huge_size", "the pack ends inside this file", huge_size)
hostile("hash", "not those of the manifest", change_hash)
hostile("tail", "bytes follow the last file", lambda manifest, rest: (manifest, rest + b"x"))
hostile("no_catalog", "first file is not catalog.json",
        lambda manifest, rest: (dict(manifest, files=manifest["files"][:0]), b""))
hostile("member", "unknown member", lambda manifest, rest: (dict(manifest, link="x"), rest))
hostile("other_version", "the manifest says",
        lambda manifest, rest: (dict(manifest, version="7"), rest))


@check
def links_in_the_place_are_not_followed():
    packed()
    os.mkdir("var")
    os.mkdir("precious")
    put("precious/kept.txt", "kept")
    place = ("--key", "site.key.pub", "-o", "var/catalog")
    plain("catalog", "install", "site.pack", *place).ends(0)
    os.symlink("../precious", "var/catalog.previous")
    plain("catalog", "install", "site.pack", *place).ends(0)
    expect(get("precious/kept.txt") == b"kept", "a link was followed")
    expect(not os.path.islink("var/catalog.previous"), "the link is still there")


if __name__ == "__main__":
    main(sys.argv)
