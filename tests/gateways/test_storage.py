"""Files in a folder and in a bucket: the same behaviour, names of our making alone, honest when the store is down."""

import socket
import threading
import time
import warnings

import httpx
import pytest

from portal.gateways.storage import FileMissing, StorageDown, make_local_storage, make_s3_storage

NAME = "abcdefghijklmnopqrstuvwxyz0123456789-_ABCDE"


@pytest.fixture(scope="session")
def s3_server():
    """moto's server with a bucket; its address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from moto.server import ThreadedMotoServer
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    httpx.put(
        f"http://{host}:{port}/bucket", headers={"Authorization": "AWS4-HMAC-SHA256 Credential=k/x/us-east-1/s3/r"}
    )
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["local", "s3"])
def storage(request, tmp_path):
    if request.param == "local":
        return make_local_storage(tmp_path / "files")
    url = request.getfixturevalue("s3_server")
    return make_s3_storage("s3://bucket/some/prefix", url, key="k", secret="s")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_file_is_put_got_replaced_and_deleted(storage):
    storage.put(NAME, b"one")
    assert storage.get(NAME) == b"one"
    storage.put(NAME, (bytes([n]) * 1_000_000 for n in range(12)))
    assert len(storage.get(NAME)) == 12_000_000
    storage.delete(NAME)
    storage.delete(NAME)
    with pytest.raises(FileMissing):
        storage.get(NAME)


def test_a_stream_that_breaks_leaves_nothing(storage):
    def broken():
        yield b"x" * 100_000
        raise RuntimeError("the sender is gone")

    with pytest.raises((StorageDown, RuntimeError)):
        storage.put(NAME, broken())
    with pytest.raises(FileMissing):
        storage.get(NAME)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\0b" * 10, "CON", "x" * 300, "‮gpj.exe" * 4, "a/b" * 10, ""])
def test_v5_3_1_no_name_but_our_own_reaches_the_file_system(storage, name):
    with pytest.raises(ValueError, match="made by the portal"):
        storage.put(name, b"x")


def test_the_folder_is_its_owners_alone(tmp_path):
    make_local_storage(tmp_path / "files").put(NAME, b"x")
    assert (tmp_path / "files").stat().st_mode & 0o077 == 0


def test_v16_5_2_a_store_that_refuses_or_hangs_is_soon_left_alone():
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        storage = make_s3_storage("s3://bucket", url, key="k", secret="s")
        for _ in range(3):
            with pytest.raises(StorageDown):
                storage.get(NAME)
        before = time.monotonic()
        with pytest.raises(StorageDown, match="several times"):
            storage.get(NAME)
        assert time.monotonic() - before < 0.1


def test_many_threads_put_at_once(tmp_path):
    storage = make_local_storage(tmp_path)
    threads = [threading.Thread(target=storage.put, args=(f"{NAME}{n}", b"x" * 1000)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert sorted(storage.get(f"{NAME}{n}") for n in range(20)) == [b"x" * 1000] * 20
