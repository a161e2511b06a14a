"""``python -m tests.tools.portal.impatient portal build …``: the command, which waits seconds for a cluster.

With RIZHI_FAULTS, what is ordered there befalls its own stages, too.
"""

from __future__ import annotations

import os
from typing import Final

from generator.__main__ import run
from generator.tools.portal import cluster
from tests.tools.portal import faults

WAITS: Final = {"_CONNECTING": 2, "_LOOKING": 1, "_PATIENCE": 3}
"""In seconds; all of them are named in the cluster's room."""

if __name__ == "__main__":
    for name, seconds in WAITS.items():
        assert getattr(cluster, name) > seconds
        setattr(cluster, name, seconds)
    if "RIZHI_FAULTS" in os.environ:
        faults.befall(faults.OWN_STAGES)
    run()
