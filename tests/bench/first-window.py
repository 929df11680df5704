"""first-window.py PROGRAM ROUNDS: prints, one line a round, the seconds from exec to a mapped window."""
import subprocess
import sys
import time

program, rounds = sys.argv[1], int(sys.argv[2])
for _ in range(rounds):
    start = time.monotonic()
    process = subprocess.Popen([program])
    subprocess.run(['xdotool', 'search', '--sync', '--onlyvisible', '--pid', str(process.pid)],
                   stdout=subprocess.DEVNULL, check=True)
    print(f'{time.monotonic() - start:.3f}', flush=True)
    process.terminate()
    process.wait()
    time.sleep(0.3)
