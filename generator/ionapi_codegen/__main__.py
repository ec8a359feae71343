"""`python -m ionapi_codegen` is `ionapi`."""

from ionapi_codegen.cli import main

if __name__ == "__main__":
    main(prog_name="ionapi")
