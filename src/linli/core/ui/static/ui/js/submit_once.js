// submit_once
