From: Half <h@example.org>
Subject: half
Date: Tue, 6 May 2025 11:00:00 +0000
Message-ID: <4@example.org>

Not yet.
