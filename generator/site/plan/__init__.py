"""Plans the pages: Site → Pages. Each Page holds exactly what its template may show; ``plan`` makes them all."""
