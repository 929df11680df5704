"""first-window.py PROGRAM ROUNDS: prints, one line a round, the seconds from exec to a mapped window."""
import subprocess
import sys
import time

program, rounds = sys.argv[1], int(sys.argv[2])
for _ in range(rounds):
    start = time.monotonic()
    process = subprocess.Popen([program])
    look = ['xdotool', 'search', '--onlyvisible', '--pid', str(process.pid)]  # its --sync looks only twice a second
    while subprocess.run(look, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode != 0:
        time.sleep(0.005)
    print(f'{time.monotonic() - start:.3f}', flush=True)
    process.terminate()
    process.wait()
    time.sleep(0.3)
