From: One <one@example.org>
Subject: order
Date: Tue, 6 May 2025 09:00:00 +0000
Message-ID: <1@example.org>

First.
