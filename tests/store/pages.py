"""What is in the files that a store has on the disk, read as a thief with its key would."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

from ap_cli.store.keys import find_key, name_in
from ap_cli.store.sealing import key_name_of, open_unsealed

PAGE, RESERVED, IV = 4096, 80, 16
"""How SQLCipher writes a page: its end has the vector, and a digest of 64 bytes."""

CODINGS = ("utf-8", "utf-16-le", "utf-16-be")
"""How text may be written."""


def decrypt_pages(file: Path) -> bytes:
    """All pages of an encrypted database, those that are free as well, as the database reads them."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    key = find_key(file)
    assert key is not None
    content, found = file.read_bytes(), []
    for start in range(0, len(content), PAGE):
        page = content[start : start + PAGE]
        vector = page[PAGE - RESERVED : PAGE - RESERVED + IV]
        hidden = page[16 if start == 0 else 0 : PAGE - RESERVED]
        opened = Cipher(algorithms.AES256(key.secret), modes.CBC(vector)).decryptor()
        found.append(opened.update(hidden) + opened.finalize())
    return b"".join(found)


def contents_of(file: Path) -> Iterator[bytes]:
    """The bytes of a file, and what is in it: decrypted, unsealed, unpacked."""
    content = file.read_bytes()
    yield content
    if name_in(file) is not None:
        yield decrypt_pages(file)
    elif key_name_of(file) is not None:
        with open_unsealed(file) as opened:
            yield opened.read()
    elif is_zipfile(file):
        yield from _unpacked(content)
    elif content.startswith(b"\x1f\x8b"):
        yield gzip.decompress(content)


def _unpacked(content: bytes) -> Iterator[bytes]:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                part = archive.read(name)
                yield part
                if part.startswith(b"PK"):
                    yield from _unpacked(part)
    except BadZipFile:
        return


def texts_in(files: Iterable[Path], *words: str) -> set[tuple[str, str]]:
    """Each file, by its name, in which one of these words stands: in UTF-8 or UTF-16, in any case."""
    spelt = {word: [word.lower().encode(coding) for coding in CODINGS] for word in words}
    return {
        (file.name, word)
        for file in files
        for content in contents_of(file)
        for word, spellings in spelt.items()
        if any(each in content.lower() for each in spellings)
    }
